package dev.wrought.tokenizer.corpus;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Doc;
import dev.wrought.core.text.Words;
import java.util.OptionalLong;

/** Leaves out documents that are shorter or longer than asked for, in bytes or in words. */
record LengthFilter(Settings settings) implements DocumentFilter {
  /**
   * What is asked for; what is left out does not matter. Words are runs of other than white space.
   */
  record Settings(
      @Doc("Fewer bytes are left out.") @AtLeast(0) OptionalLong minBytes,
      @Doc("More bytes are left out.") @AtLeast(0) OptionalLong maxBytes,
      @Doc("Fewer words are left out.") @AtLeast(0) OptionalLong minWords,
      @Doc("More words are left out.") @AtLeast(0) OptionalLong maxWords) {
    Settings {
      boolean any =
          minBytes.isPresent()
              || maxBytes.isPresent()
              || minWords.isPresent()
              || maxWords.isPresent();
      Checks.of(Settings.class, minBytes, maxBytes, minWords, maxWords)
          .that(any, "is missing, as are the others; at least one must be given", "minWords")
          .that(inOrder(minBytes, maxBytes), "is less than minBytes; allowed: no less", "maxBytes")
          .that(inOrder(minWords, maxWords), "is less than minWords; allowed: no less", "maxWords")
          .done();
    }

    private static boolean inOrder(OptionalLong least, OptionalLong most) {
      return least.orElse(0) <= most.orElse(Long.MAX_VALUE);
    }
  }

  @Override
  public Filtered apply(String path, byte[] content) {
    if (content.length < settings.minBytes().orElse(0)) {
      return Filtered.dropped("too-few-bytes");
    }
    if (content.length > settings.maxBytes().orElse(Long.MAX_VALUE)) {
      return Filtered.dropped("too-many-bytes");
    }
    long words = Words.count(content);
    if (words < settings.minWords().orElse(0)) {
      return Filtered.dropped("too-few-words");
    }
    return words > settings.maxWords().orElse(Long.MAX_VALUE)
        ? Filtered.dropped("too-many-words")
        : Filtered.kept(content);
  }
}
