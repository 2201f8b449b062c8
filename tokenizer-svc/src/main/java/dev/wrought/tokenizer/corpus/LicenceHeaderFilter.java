package dev.wrought.tokenizer.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Takes away the comments at the beginning of a source file that speak of licence or copyright:
 * they are the same in thousands of files, and a model would learn little else. What follows, from
 * the first comment that speaks of other things or from the code on, stays to the byte; so does a
 * {@code #!} line.
 *
 * <p>Comments are blocks (<code>/&#42; ... &#42;/</code>, {@code <!-- ... -->}) or runs of lines
 * that begin with {@code //}, {@code #}, {@code --} or {@code ;}.
 */
final class LicenceHeaderFilter implements DocumentFilter {
  private static final List<String> SPEAKS_OF_LICENCE =
      List.of("licence", "license", "copyright", "spdx-", "all rights reserved", "public domain");
  private static final byte[] INTERPRETER = ascii("#!");
  private static final byte[] NUMBER_SIGN = ascii("#");
  private static final List<byte[]> LINE_COMMENTS =
      List.of(ascii("//"), NUMBER_SIGN, ascii("--"), ascii(";"));
  private static final byte[] BLOCK_BEGIN = ascii("/*");
  private static final byte[] BLOCK_END = ascii("*/");
  private static final byte[] MARKUP_BEGIN = ascii("<!--");
  private static final byte[] MARKUP_END = ascii("-->");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Filtered apply(String path, byte[] content) {
    int kept = starts(content, 0, INTERPRETER) ? lineEnd(content, 0) : 0;
    int from = kept;
    while (true) {
      int comment = skipSpace(content, from);
      int end = commentEnd(content, comment);
      if (end == comment || !speaksOfLicence(content, comment, end)) {
        break;
      }
      from = skipBlankLines(content, end);
    }
    return Filtered.kept(from == kept ? content : join(content, kept, from));
  }

  private static byte[] join(byte[] content, int kept, int from) {
    byte[] joined = new byte[kept + content.length - from];
    System.arraycopy(content, 0, joined, 0, kept);
    System.arraycopy(content, from, joined, kept, content.length - from);
    return joined;
  }

  /** Where the comment that begins here ends; {@code from} if there is none. */
  private static int commentEnd(byte[] content, int from) {
    if (starts(content, from, BLOCK_BEGIN)) {
      return after(content, from + BLOCK_BEGIN.length, BLOCK_END, from);
    }
    if (starts(content, from, MARKUP_BEGIN)) {
      return after(content, from + MARKUP_BEGIN.length, MARKUP_END, from);
    }
    for (byte[] mark : LINE_COMMENTS) {
      int at = from;
      while (isLineComment(content, skipIndent(content, at), mark)) {
        at = lineEnd(content, at);
      }
      if (at > from) {
        return at;
      }
    }
    return from;
  }

  /** {@code #include} is none: a blank or another number sign must follow. */
  private static boolean isLineComment(byte[] content, int at, byte[] mark) {
    if (!starts(content, at, mark)) {
      return false;
    }
    int next = at + mark.length;
    return mark != NUMBER_SIGN
        || next == content.length
        || content[next] <= ' '
        || content[next] == '#';
  }

  private static boolean speaksOfLicence(byte[] content, int from, int to) {
    String comment =
        new String(content, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return SPEAKS_OF_LICENCE.stream().anyMatch(comment::contains);
  }

  /** The rest of a line, if it is blank, and the blank lines after it. */
  private static int skipBlankLines(byte[] content, int from) {
    int at = from;
    while (at < content.length) {
      int text = skipIndent(content, at);
      if (text < content.length && content[text] != '\n' && content[text] != '\r') {
        return at;
      }
      at = lineEnd(content, text);
    }
    return at;
  }

  private static int skipSpace(byte[] content, int from) {
    int at = from;
    while (at < content.length && (content[at] == ' ' || (content[at] >= 9 && content[at] <= 13))) {
      at++;
    }
    return at;
  }

  private static int skipIndent(byte[] content, int from) {
    int at = from;
    while (at < content.length && (content[at] == ' ' || content[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** The beginning of the next line. */
  private static int lineEnd(byte[] content, int from) {
    int at = from;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    return Math.min(content.length, at + 1);
  }

  private static int after(byte[] content, int from, byte[] mark, int otherwise) {
    for (int at = from; at + mark.length <= content.length; at++) {
      if (starts(content, at, mark)) {
        return at + mark.length;
      }
    }
    return otherwise;
  }

  private static boolean starts(byte[] content, int at, byte[] mark) {
    return at + mark.length <= content.length
        && Arrays.equals(content, at, at + mark.length, mark, 0, mark.length);
  }
}
