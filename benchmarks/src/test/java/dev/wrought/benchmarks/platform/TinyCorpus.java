package dev.wrought.benchmarks.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Two hundred short documents of generated prose, always the same. */
final class TinyCorpus {
  private static final int DOCUMENTS = 200;
  private static final List<String> SUBJECTS =
      List.of("the smith", "a traveller", "the old miller", "nobody", "the river", "my neighbour");
  private static final List<String> VERBS =
      List.of("hammers", "carries", "follows", "has seen", "remembers", "sells");
  private static final List<String> OBJECTS =
      List.of("the iron", "a lantern", "grey stones", "the road to town", "seven sheep", "it");
  private static final List<String> ENDS =
      List.of("at dawn", "without a word", "until the fire is out", "in the rain", "again");

  private TinyCorpus() {}

  /** Writes the documents into a folder, and returns it. */
  static Path write(Path folder) {
    SplittableRandom random = new SplittableRandom(7);
    try {
      Files.createDirectories(folder);
      for (int document = 0; document < DOCUMENTS; document++) {
        Files.writeString(folder.resolve("tale-%03d.txt".formatted(document)), tale(random));
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String tale(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int sentences = random.nextInt(10, 60);
    for (int i = 0; i < sentences; i++) {
      text.append(one(SUBJECTS, random)).append(' ').append(one(VERBS, random)).append(' ');
      text.append(one(OBJECTS, random)).append(' ').append(one(ENDS, random)).append(".\n");
    }
    return text.toString();
  }

  private static String one(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }
}
