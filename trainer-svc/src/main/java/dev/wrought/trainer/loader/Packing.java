package dev.wrought.trainer.loader;

import java.util.OptionalInt;

/**
 * How documents fill sequences: one after the other, across the borders of sequences.
 *
 * @param contextLength inputs of a sequence
 * @param separator the token that ends a document, where a token is to see no document but its own;
 *     empty, it sees all before it in its sequence
 */
public record Packing(int contextLength, OptionalInt separator) {}
