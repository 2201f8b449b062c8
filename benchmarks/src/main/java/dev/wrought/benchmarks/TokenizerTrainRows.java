package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Training a tokenizer beside Hugging Face's library, whether the same is learnt, and in how little
 * memory. Each training is a process of its own, as it is for whoever asks for one.
 *
 * @param folder to work in; what becomes of the trainings is left there
 */
record TokenizerTrainRows(Path folder, Rounds rounds, Consumer<BenchmarkRow> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BYTES = 100_000_000;

  /** Each with words of its own: twenty times as many. */
  private static final int COPIES = 20;

  private static final int VOCABULARY = 32_000;
  private static final String PEER = "Hugging Face's trainer";
  private static final String LARGE_HEAP = "4g";

  /** In MB: where more is needed, or where words are dropped to get by with it, nothing is told. */
  private static final int MOST_HEAP = 1_500;

  private static final int ALPHABET = 'z' - 'a' + 1;

  void run() {
    List<String> documents = JdkText.of(true).code(BYTES);
    Path text = folder.resolve("code.txt");
    double megabytes = write(text, documents, 1);
    speed(text, megabytes);
    memory(megabytes, text);
    memory(write(text, documents, COPIES), text);
  }

  private void speed(Path text, double megabytes) {
    String title = "train %.0f MB of code to %,d ids".formatted(megabytes, VOCABULARY);
    System.err.println(title);
    Optional<PeerPython> python = PeerPython.find();
    Path theirs = folder.resolve("theirs.json");
    List<Path> made = new ArrayList<>();
    Turns turns =
        Turns.ofWarm(
            rounds,
            () -> {
              JsonNode trained = train(text, LARGE_HEAP);
              made.add(Path.of(trained.path("tokenizer").asText()));
              return trained.path("seconds").asDouble();
            },
            () -> python.map(peer -> seconds(peer, text, theirs)).orElse(Double.NaN));
    rows.accept(
        new BenchmarkRow(
            title,
            "MB/s",
            megabytes / turns.ours(),
            python.map(_ -> new BenchmarkRow.Peer(PEER, megabytes / turns.peers(), turns.ratio())),
            OptionalDouble.of(5),
            OptionalDouble.empty()));
    if (python.isPresent()) {
      merges(megabytes, LearntMerges.of(made.getLast()), LearntMerges.of(theirs));
    }
  }

  /** Speed would be worth nothing if what is learnt were something else. */
  private void merges(double megabytes, LearntMerges ours, LearntMerges theirs) {
    int same = ours.sameAs(theirs);
    rows.accept(
        new BenchmarkRow(
            "learnt from %.0f MB of code".formatted(megabytes),
            "merges",
            ours.count(),
            Optional.of(
                new BenchmarkRow.Peer(
                    "the same as by " + PEER, same, (double) same / theirs.count())),
            OptionalDouble.of(1),
            OptionalDouble.empty()));
    ours.checkAre(theirs);
  }

  private void memory(double megabytes, Path text) {
    String title = "heap while training on %,.0f MB of code".formatted(megabytes);
    System.err.println(title);
    double peak = train(text, MOST_HEAP + "m").path("megabytes").asDouble();
    rows.accept(
        new BenchmarkRow(
            title,
            "MB at most",
            peak,
            Optional.of(new BenchmarkRow.Peer("the heap it has", MOST_HEAP, MOST_HEAP / peak)),
            OptionalDouble.of(1),
            OptionalDouble.empty()));
  }

  private JsonNode train(Path text, String heap) {
    return answer(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                TokenizerTrainWork.class.getName(),
                text.toString(),
                newHome().toString(),
                String.valueOf(VOCABULARY))
            .redirectError(ProcessBuilder.Redirect.INHERIT));
  }

  private Path newHome() {
    try {
      return Files.createTempDirectory(folder, "home");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static double seconds(PeerPython python, Path text, Path tokenizer) {
    String threads = String.valueOf(Runtime.getRuntime().availableProcessors());
    ProcessBuilder script = python.script("train_tokenizer.py", threads);
    script
        .command()
        .addAll(
            List.of(
                text.toString(),
                "--vocabulary",
                String.valueOf(VOCABULARY),
                "--threads",
                threads,
                "--save",
                tokenizer.toString()));
    return answer(script).path("seconds").asDouble();
  }

  /** What a process writes: one line of JSON. */
  private static JsonNode answer(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      try {
        String line = process.inputReader().readLine();
        if (process.waitFor() != 0 || line == null) {
          throw new WroughtException(
              ErrorCode.INTERNAL_ERROR,
              "%s ended with exit code %d"
                  .formatted(String.join(" ", builder.command()), process.exitValue()));
        }
        return JSON.readTree(line);
      } finally {
        process.destroy();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", stopped);
    }
  }

  /** Writes the documents several times, each time with other letters. @return megabytes */
  private static double write(Path file, List<String> documents, int copies) {
    try (Writer text = Files.newBufferedWriter(file)) {
      for (int copy = 0; copy < copies; copy++) {
        for (String document : documents) {
          text.write(rotated(document, copy));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return file.toFile().length() / 1e6;
  }

  private static String rotated(String text, int by) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      char first = Character.isUpperCase(letters[i]) ? 'A' : 'a';
      int letter = letters[i] - first;
      if (letter >= 0 && letter < ALPHABET) {
        letters[i] = (char) (first + (letter + by) % ALPHABET);
      }
    }
    return new String(letters);
  }
}
