package dev.wrought.tokenizer.encoding;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Encoding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Several texts, encoded in parallel. One that cannot be encoded carries its failure and keeps none
 * of the others from being encoded.
 *
 * @param padding what the texts are filled up with; empty: they keep their lengths
 */
public record BatchEncoding(TextEncoding how, Optional<Padding> padding) {
  /** What became of a text. */
  public sealed interface Outcome {}

  /**
   * It was encoded.
   *
   * @param tokens how many of the encoding's are the text's, not padding
   * @param bytes length of the text
   */
  public record Encoded(Encoding encoding, int tokens, int bytes) implements Outcome {}

  /** It was not. */
  public record Failed(WroughtException why) implements Outcome {}

  /**
   * Encodes texts.
   *
   * @param texts each gives its UTF-8, or throws why it has none
   * @param bytes of all together, about
   * @param check throws when nobody waits for the answer any more
   * @return what became of each, in their order
   * @throws WroughtException INVALID_ARGUMENT where padding makes them too long together
   */
  public List<Outcome> run(
      List<Supplier<byte[]>> texts, int bytes, SharedCores cores, Runnable check) {
    Outcome[] outcomes = new Outcome[texts.size()];
    cores.forEach(texts.size(), bytes, check, i -> outcomes[i] = encoded(texts.get(i)));
    List<Outcome> each = List.of(outcomes);
    return padding.map(filling -> filled(each, filling)).orElse(each);
  }

  private Outcome encoded(Supplier<byte[]> text) {
    try {
      byte[] utf8 = text.get();
      Encoding encoding = how.of(utf8);
      return new Encoded(encoding, encoding.size(), utf8.length);
    } catch (WroughtException why) {
      return new Failed(why);
    }
  }

  private List<Outcome> filled(List<Outcome> texts, Padding filling) {
    int longest =
        texts.stream().flatMap(BatchEncoding::ifEncoded).mapToInt(Encoded::tokens).max().orElse(0);
    int target = filling.target(longest);
    checkTokens((long) target * texts.size());
    return texts.stream().map(text -> filled(text, filling, target)).toList();
  }

  private static Stream<Encoded> ifEncoded(Outcome outcome) {
    return outcome instanceof Encoded encoded ? Stream.of(encoded) : Stream.empty();
  }

  private void checkTokens(long tokens) {
    int most = TextLimits.longest(how.withOffsets());
    if (tokens > most) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "filled up to one length, the texts have %d tokens; %d are possible: send fewer at a time, put those of like lengths together, or give max_tokens"
              .formatted(tokens, most));
    }
  }

  private Outcome filled(Outcome outcome, Padding filling, int target) {
    return switch (outcome) {
      case Failed failed -> failed;
      case Encoded text when text.tokens() > target ->
          new Failed(
              new WroughtException(
                  ErrorCode.INVALID_ARGUMENT,
                  "the text has %d tokens, more than the %d that texts are filled up to: give max_tokens as well"
                      .formatted(text.tokens(), target)));
      case Encoded text ->
          new Encoded(
              filling.fill(text.encoding(), target, how.withOffsets(), text.bytes()),
              text.tokens(),
              text.bytes());
    };
  }
}
