/**
 * The GGUF container: the one file that llama.cpp and its kin take a model from, read and written
 * within bounds.
 *
 * <pre>
 * "GGUF", version, number of tensors, number of keys
 * keys and values       general.architecture = "llama", tokenizer.ggml.tokens = [...], ...
 * places of tensors     name, shape, type, where its data begins
 * padding               to a multiple of general.alignment
 * data of the tensors   each begins at a multiple of general.alignment
 * </pre>
 *
 * <p>Read {@link dev.wrought.core.gguf.GgufFile} first (a file, mapped), then what is in one:
 * {@link dev.wrought.core.gguf.GgufMetadata} with its {@link dev.wrought.core.gguf.GgufValue}s of
 * the types of {@link dev.wrought.core.gguf.MetadataType}, and {@link
 * dev.wrought.core.gguf.GgufTensor}s of the types of {@link dev.wrought.core.gguf.GgmlType}. How
 * its bytes are read: {@link dev.wrought.core.gguf.GgufHeader}, {@link
 * dev.wrought.core.gguf.MetadataReader}, and below them {@link dev.wrought.core.gguf.HeaderInput},
 * which lets nothing be allocated that the file is too short for. {@link
 * dev.wrought.core.gguf.GgufWriter} is the other way, by {@link
 * dev.wrought.core.gguf.HeaderOutput}.
 *
 * <p>What a file says is not trusted: whatever its bytes are, it is read, or refused by a
 * CORRUPT_FILE that names key or tensor and the byte. Heap is taken for the header only, 100 MB of
 * it at most, 100,000 keys and as many tensors; arrays take about the bytes that they have in the
 * file. Tensors are mapped. Metadata outlives its file, tensors' data does not.
 *
 * <p>Not here: what keys mean to a tokenizer or a model, the names of tensors in an architecture,
 * and the packing of numbers into quantized blocks; their readers and writers are built on this
 * room. Big-endian files and version 1 are refused by name.
 *
 * <p>A further type of tensor is a constant of GgmlType with its block; of metadata, one of
 * MetadataType, and the compiler finds the switches. A further version of the format is read where
 * GgufHeader checks it.
 *
 * <p>Source: docs/gguf.md of github.com/ggml-org/ggml, and gguf.cpp where that is stricter.
 */
@NullMarked
package dev.wrought.core.gguf;

import org.jspecify.annotations.NullMarked;
