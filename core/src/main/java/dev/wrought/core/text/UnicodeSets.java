package dev.wrought.core.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Unicode's general categories, scripts and properties, by their names in patterns. */
final class UnicodeSets {
  /** Names of the categories that Character.getType tells apart, in the order of its values. */
  private static final String[] CATEGORIES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  /** White_Space. */
  static final CodePoints WHITE_SPACE = CodePoints.matching(UnicodeSets::isWhiteSpace);

  private static final Map<String, CodePoints> KNOWN = new ConcurrentHashMap<>();

  private UnicodeSets() {}

  /**
   * A set by name: a general category (L, Lu), a script (Han, Greek), Alphabetic or White_Space;
   * upper or lower case does not matter.
   */
  static Optional<CodePoints> named(String name) {
    return Optional.ofNullable(
        KNOWN.computeIfAbsent(
            name.toLowerCase(Locale.ROOT), lower -> computed(lower).orElse(null)));
  }

  /** What words are made of, by Unicode Technical Standard 18, annex C. */
  static CodePoints word() {
    return WordCharacters.SET;
  }

  /**
   * \w in patterns: the same without the two joiners, but with the six numbers of Latin-1 that are
   * no digits, as Oniguruma has it.
   */
  static CodePoints wordInPatterns() {
    return WordCharacters.IN_PATTERNS;
  }

  private static final class WordCharacters {
    static final CodePoints LETTERS_AND_DIGITS =
        named("Alphabetic")
            .orElseThrow()
            .or(named("M").orElseThrow())
            .or(named("Nd").orElseThrow())
            .or(named("Pc").orElseThrow());
    static final CodePoints SET = LETTERS_AND_DIGITS.or(CodePoints.range(0x200C, 0x200D));
    static final CodePoints IN_PATTERNS =
        LETTERS_AND_DIGITS
            .or(CodePoints.range(0xB2, 0xB3))
            .or(CodePoints.of(0xB9))
            .or(CodePoints.range(0xBC, 0xBE));
  }

  /** The set and whatever differs from its members in case only. */
  static CodePoints ofAnyCase(CodePoints set) {
    int[] bounds = set.bounds();
    boolean single = bounds.length == 2 && bounds[0] + 1 == bounds[1];
    IntStream members =
        single ? IntStream.of(bounds[0]) : Arrays.stream(Cased.CODE_POINTS).filter(set::contains);
    int[] alike = members.flatMap(Cased::alike).sorted().distinct().toArray();
    return alike.length == 0 ? set : set.or(CodePoints.ascending(alike));
  }

  /** The characters that others differ from in case only; made when they are first needed. */
  private static final class Cased {
    static final int[] CODE_POINTS = IntStream.range(0, CodePoints.END).filter(Cased::is).toArray();

    private static final Map<Integer, List<Integer>> BY_FOLD =
        Arrays.stream(CODE_POINTS).boxed().collect(Collectors.groupingBy(UnicodeSets::fold));

    private static boolean is(int codePoint) {
      return Character.toUpperCase(codePoint) != codePoint
          || Character.toLowerCase(codePoint) != codePoint;
    }

    /** What differs from a character in case only, and itself; nothing for one without case. */
    static IntStream alike(int codePoint) {
      List<Integer> alike =
          is(codePoint) ? BY_FOLD.getOrDefault(fold(codePoint), List.of()) : List.of();
      return alike.stream().mapToInt(Integer::intValue);
    }
  }

  static String category(int codePoint) {
    return CATEGORIES[Character.getType(codePoint)];
  }

  private static Optional<CodePoints> computed(String name) {
    if (name.equals("alphabetic")) {
      return Optional.of(CodePoints.matching(Character::isAlphabetic));
    }
    if (name.equals("white_space") || name.equals("space")) {
      return Optional.of(WHITE_SPACE);
    }
    int types = typesOf(name);
    if (types != 0) {
      return Optional.of(CodePoints.matching(c -> (types >>> Character.getType(c) & 1) != 0));
    }
    try {
      Character.UnicodeScript script = Character.UnicodeScript.forName(name);
      return Optional.of(CodePoints.matching(c -> Character.UnicodeScript.of(c) == script));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /**
   * A bit for each of Character.getType's values whose category has the name, or begins with it.
   */
  private static int typesOf(String name) {
    int types = 0;
    for (int type = 0; type < CATEGORIES.length; type++) {
      String category = CATEGORIES[type].toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && category.startsWith(name)) {
        types |= 1 << type;
      }
    }
    return types;
  }

  private static int fold(int codePoint) {
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  private static boolean isWhiteSpace(int codePoint) {
    return (codePoint >= '\t' && codePoint <= '\r')
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }
}
