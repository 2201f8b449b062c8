package dev.wrought.core.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that splitting rules tell apart. */
public final class TestTexts {
  private static final String[] PIECES = {
    "a", "Z", "é", "ß", "Ǆ", "ǅ", "ǆ", "中", "ア", "𐐀", "𐐨", "ʰ", "1", "٣", "²", "Ⅷ", "𝟘", " ",
    " ", "\t", "\n", "\r", "\r\n", "\u00a0", "\u2003", "\u2028", "\u3000", "\u0085", "\u000b",
    "\u001c", "'", "'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'l", "'S", "'LL", "'rE", "'vE",
    "'lL", "'Re", "'ſ", "ſ", ".", "/", "—", "€", "😀", "\u0301", "\u0903", "\u20dd", "\u0000",
    "\u200b", "\ufeff", "\ue000", "_"
  };

  /** Pieces of texts that are read in blocks: ASCII, and now and then what is not. */
  private static final String[] ASCII_PIECES = {
    "word",
    "Word",
    "WORD",
    "HTMLParser",
    "aB",
    "don't",
    "we'LL",
    "it's's",
    "we'vE",
    "a'lLx",
    "x'rEA",
    "'tis",
    "a'd'x",
    "''s",
    "x'ſ",
    "1",
    "1234567",
    "12",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\n   \n",
    "\n\t",
    " \n",
    "\u000b",
    "(",
    "))",
    "{\n",
    ";\n\n",
    "/",
    "//\n",
    "//\n//\n",
    "/*",
    "\n/\n",
    "_",
    "'",
    "\"",
    ".",
    ", ",
    "-",
    " (",
    " '",
    "é",
    "中",
    "\u00a0",
    "e\u0301",
    "\u2028",
    "-".repeat(70),
    " ".repeat(65),
    "z".repeat(80),
    "7".repeat(66),
    "\n".repeat(64)
  };

  /** What the rules of single families are about. */
  private static final String[] PIECES_OF_FAMILIES = {
    "1234567",
    "333333",
    "12",
    "12a",
    "1234b",
    "56_",
    "٣٤٥٦",
    "½",
    "²³",
    "中文",
    "漢a",
    "かな",
    "한글",
    "ㄅㄆ",
    "ㄱ",
    "！",
    "，",
    "…",
    "“a”",
    "ไทย",
    "ກຂ",
    "ខ្មែរ",
    "မြန်မာ",
    "ｶﾅ",
    "ò",
    "ª",
    "ab",
    "Ab",
    "aB",
    "   ",
    "     ",
    "\t\t",
    "\n\n",
    " \n",
    "\r\n\r\n",
    "e\u0301",
    "A\u030A",
    "Å",
    "का",
    "<sentinel:12>",
    "IMGIMGABZ",
    "~",
    "`",
    "$",
    "|",
    "(x)",
    "[y]",
    "।",
    "۔",
    "_",
    "—"
  };

  private TestTexts() {}

  /** Some hundred characters, mostly ASCII. */
  static String randomLong(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 20 + random.nextInt(100); i >= 0; i--) {
      int piece = random.nextInt(ASCII_PIECES.length * (random.nextInt(8) == 0 ? 1 : 4) / 4);
      text.append(ASCII_PIECES[random.nextBoolean() ? random.nextInt(2) : piece]);
    }
    return text.toString();
  }

  /** Some runs of white space, mostly of one character and up to 1,200 long, between words. */
  static String randomSpaces(Random random) {
    String[] spaces = {" ", " ", "\t", "\u3000", "\n"};
    String[] others = {"a", "1", ".", "\n", "\r\n\t", "é", "😀"};
    StringBuilder text = new StringBuilder();
    for (int run = random.nextInt(4); run >= 0; run--) {
      int length = random.nextInt(1 << random.nextInt(1, 11)) + random.nextInt(176);
      text.append(spaces[random.nextInt(spaces.length)].repeat(length));
      text.append(random.nextInt(4) == 0 ? "" : others[random.nextInt(others.length)]);
    }
    return text.toString();
  }

  /** Up to fifteen pieces, some of which the rules of single families are about. */
  public static String ofFamilies(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(15); i >= 0; i--) {
      String[] pieces = random.nextInt(3) == 0 ? PIECES : PIECES_OF_FAMILIES;
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** Up to twelve pieces, each of which some splitting rule is about. */
  public static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** Eight code points of any kind. */
  public static String randomCodePoints(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x3100 : 0x110000);
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint).append(random.nextInt(3) == 0 ? " " : "");
      }
    }
    return text.toString();
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The words that a splitter makes, without those left out. */
  static List<String> words(Splitter splitter, byte[] text) {
    List<String> words = new ArrayList<>();
    splitter.begin();
    for (int at = 0; at < text.length; ) {
      int end = splitter.next(text, at, text.length);
      if (end >= 0) {
        words.add(new String(text, at, end - at, StandardCharsets.UTF_8));
      }
      at = end < 0 ? ~end : end;
    }
    return words;
  }
}
