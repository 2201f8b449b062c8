package dev.wrought.core.gguf;

/** Values of one type, in about as much memory as they take in a file. */
public sealed interface GgufArray extends GgufValue permits Numbers, Texts, Nested {

  /** The elements' type, which an empty array has too. */
  MetadataType elementType();

  /** How many elements. */
  int size();

  @Override
  default MetadataType type() {
    return MetadataType.ARRAY;
  }
}
