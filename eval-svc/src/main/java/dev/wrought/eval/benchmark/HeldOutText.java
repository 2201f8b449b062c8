package dev.wrought.eval.benchmark;

import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole held-out documents in the order of their split, as long as they fit in a number of bytes:
 * the first that does not fit ends the selection. Documents are stored with an end-of-text token at
 * their end; it stands for no byte, so it is neither counted nor scored.
 *
 * @param documents token ids, each without its end of text
 * @param bytes what the documents say, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HeldOutText(List<int[]> documents, byte[] bytes) {
  HeldOutText {
    documents = List.copyOf(documents);
  }

  /**
   * Selects.
   *
   * @throws WroughtException FAILED_PRECONDITION where not even the first document fits
   */
  static HeldOutText select(TokenShards split, Tokenizer tokenizer, long maxBytes) {
    List<int[]> documents = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < split.documents(); i++) {
      int[] document = withoutEndOfText(split.document(i), tokenizer.endOfTextId());
      byte[] text = tokenizer.decode(document);
      if (bytes.size() + (long) text.length > maxBytes) {
        if (documents.isEmpty()) {
          throw nothing(
              "its first document has %,d bytes, at most %,d are scored"
                  .formatted(text.length, maxBytes));
        }
        break;
      }
      documents.add(document);
      bytes.writeBytes(text);
    }
    if (bytes.size() == 0) {
      throw nothing("it has no text");
    }
    return new HeldOutText(documents, bytes.toByteArray());
  }

  /** How many tokens are scored. */
  long tokens() {
    return documents.stream().mapToLong(document -> document.length).sum();
  }

  /** Bits per byte of this text that so many nats are. */
  double bitsPerByte(double nats) {
    return nats / Math.log(2) / bytes.length;
  }

  private static int[] withoutEndOfText(int[] document, int endOfText) {
    boolean ends = document.length > 0 && document[document.length - 1] == endOfText;
    return ends ? Arrays.copyOf(document, document.length - 1) : document;
  }

  private static WroughtException nothing(String why) {
    return new WroughtException(
        ErrorCode.FAILED_PRECONDITION, "nothing of the validation split can be scored: " + why);
  }
}
