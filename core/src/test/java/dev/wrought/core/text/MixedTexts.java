package dev.wrought.core.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Much text of many kinds: the JDK's sources and whatever else is at hand, characters of all
 * scripts, emoji, and long runs of one character. The same for the same seed.
 */
public final class MixedTexts {
  private static final int LONGEST_PART = 16_000;
  private static final int LONGEST_RUN = 10_000;

  /** Sources are read until there is so much; of more, the same are taken again. */
  private static final int MOST_SOURCES = 24 << 20;

  private static final int LAST_PLANE_IN_USE = 0x32000;
  private static final String[] RUNS = {
    "a", "A", " ", "\n", "\r\n", "\t", "1", ".", "=", "_", "'", "\u00A0", "\u3000", "\u0301",
    "\u0903", "é", "ß", "中", "ア", "한", "😀", "\u200D", "\u0000", "\uFEFF", "ab", " a", "1a", "\n "
  };
  private static final String[] EMOJI = {
    "👩", "👨", "👧", "🧑", "👍", "🤝", "🏳", "🏴", "🔥", "☕", "❤", "✅", "🦙", "🚀", "1", "#"
  };
  private static final String[] JOINED_TO_EMOJI = {
    "",
    "",
    "\u200D",
    "\uFE0F",
    "\uFE0E",
    "🏻",
    "🏿",
    "\u20E3",
    "🇩🇪",
    "🇧",
    " ",
    "\u200D❤\uFE0F\u200D",
    "\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F"
  };

  private final Random random;
  private final List<String> sources = new ArrayList<>();

  /**
   * @param data folder with a folder text, which may be missing
   */
  public MixedTexts(long seed, Path data) {
    this.random = new Random(seed);
    readSources();
    readFolder(data.resolve("text"));
  }

  /** Texts that have so many bytes together, or a few more. */
  public Iterable<String> ofBytes(long bytes) {
    return () ->
        new Iterator<>() {
          private long left = bytes;

          @Override
          public boolean hasNext() {
            return left > 0;
          }

          @Override
          public String next() {
            String text = nextText();
            left -= text.getBytes(StandardCharsets.UTF_8).length;
            return text;
          }
        };
  }

  private String nextText() {
    return switch (random.nextInt(10)) {
      case 0 -> anyCharacters();
      case 1 -> ofOneScript();
      case 2 -> emoji();
      case 3 -> runs();
      case 4 -> pieces();
      default -> sources.isEmpty() ? pieces() : fromSource();
    };
  }

  private String fromSource() {
    String source = sources.get(random.nextInt(sources.size()));
    int from = source.length() <= LONGEST_PART ? 0 : random.nextInt(source.length() - LONGEST_PART);
    return whole(source.substring(from, Math.min(source.length(), from + LONGEST_PART)));
  }

  /** Without the halves of characters at its ends. */
  private static String whole(String text) {
    int from = !text.isEmpty() && Character.isLowSurrogate(text.charAt(0)) ? 1 : 0;
    int to = text.length();
    return text.substring(
        from, to > from && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to);
  }

  private String anyCharacters() {
    StringBuilder text = new StringBuilder();
    while (text.length() < LONGEST_PART / 4) {
      append(text, random.nextInt(random.nextBoolean() ? LAST_PLANE_IN_USE : 0x110000));
    }
    return text.toString();
  }

  private String ofOneScript() {
    StringBuilder text = new StringBuilder();
    int block = random.nextInt(LAST_PLANE_IN_USE) & ~0x7F;
    while (text.length() < LONGEST_PART / 4) {
      for (int letters = random.nextInt(12); letters >= 0; letters--) {
        append(text, block + random.nextInt(0x80));
      }
      text.append(random.nextInt(4) == 0 ? ". " : " ");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int codePoint) {
    if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
      text.appendCodePoint(codePoint);
    }
  }

  private String emoji() {
    StringBuilder text = new StringBuilder();
    while (text.length() < LONGEST_PART / 4) {
      text.append(EMOJI[random.nextInt(EMOJI.length)]);
      text.append(JOINED_TO_EMOJI[random.nextInt(JOINED_TO_EMOJI.length)]);
    }
    return text.toString();
  }

  /** One of them has all that a run has at most. */
  private String runs() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      String run = RUNS[random.nextInt(RUNS.length)];
      int count = i == 0 ? LONGEST_RUN / run.length() : 1 + random.nextInt(300);
      text.append(run.repeat(count)).append(random.nextBoolean() ? "x" : "");
    }
    return text.toString();
  }

  private String pieces() {
    StringBuilder text = new StringBuilder();
    while (text.length() < LONGEST_PART / 4) {
      text.append(TestTexts.random(random)).append(TestTexts.ofFamilies(random));
    }
    return text.toString();
  }

  private void readSources() {
    Path zip = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    if (!Files.exists(zip)) {
      return;
    }
    long size = 0;
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) file.stream().map(each -> (ZipEntry) each)::iterator) {
        // Every seventh, so that there are some of all modules.
        if (entry.getCrc() % 7 == 0 && size < MOST_SOURCES && !entry.isDirectory()) {
          sources.add(
              new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
          size += entry.getSize();
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void readFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        sources.add(Files.readString(file));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
