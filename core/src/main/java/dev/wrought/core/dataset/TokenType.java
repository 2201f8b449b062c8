package dev.wrought.core.dataset;

/** How a token id is stored; the codes are Megatron-LM's. */
enum TokenType {
  UINT16(8, 2),
  INT32(4, 4);

  /** Megatron-LM's limit, under 65,536 so that padded vocabularies still fit. */
  private static final int UINT16_VOCABULARY = 65_500;

  private final int code;
  private final int bytes;

  TokenType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  static TokenType forVocabulary(int size) {
    return size < UINT16_VOCABULARY ? UINT16 : INT32;
  }

  int code() {
    return code;
  }

  int bytes() {
    return bytes;
  }
}
