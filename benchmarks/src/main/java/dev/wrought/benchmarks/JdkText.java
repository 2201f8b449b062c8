package dev.wrought.benchmarks;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Text that every JDK brings along: its sources, and the English prose of their comments. Which
 * file goes where depends on a hash of its name, so that each kind of text is spread over all of
 * them, and the same everywhere.
 */
final class JdkText {
  /** Names a folder of text files, for more prose than the JDK has. */
  private static final String FURTHER_PROSE = "WROUGHT_BENCH_PROSE";

  /** One of so many parts of the files is to warm up with, and is measured by nobody. */
  private static final int PARTS = 8;

  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern MARGIN = Pattern.compile("(?m)^[ \\t]*\\*? ?");
  private static final Pattern TAG = Pattern.compile("</?\\w+[^<>]*>|\\{@\\w+ ([^{}]*)\\}");

  private final boolean measured;
  private final List<String> files;

  private JdkText(boolean measured, List<String> files) {
    this.measured = measured;
    this.files = files;
  }

  /**
   * A part of the JDK's files.
   *
   * @param measured those that are measured; else those to warm up with
   * @throws WroughtException FAILED_PRECONDITION for a JDK without sources
   */
  static JdkText of(boolean measured) {
    Path sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    if (!Files.exists(sources)) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "this JDK has no %s: install its sources, or another JDK 25 that has them"
              .formatted(sources));
    }
    List<String> files = new ArrayList<>();
    try (ZipFile zip = new ZipFile(sources.toFile())) {
      for (ZipEntry entry : zip.stream().filter(JdkText::isJava).toList()) {
        if ((part(entry.getName()) > 0) == measured) {
          files.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new JdkText(measured, files);
  }

  private static boolean isJava(ZipEntry entry) {
    return entry.getName().endsWith(".java");
  }

  private static int part(String name) {
    return Integer.remainderUnsigned(name.hashCode() * 0x9E3779B9 >>> 8, PARTS);
  }

  /** Each file a document, up to so many bytes. */
  List<String> code(long most) {
    return upTo(most, files);
  }

  /**
   * The comments of each file a document, without their margins and tags; then, of what is measured
   * and where that is not enough, the text files of a folder that the environment names.
   */
  List<String> prose(long most) {
    Stream<String> comments = files.stream().map(JdkText::prose).filter(text -> !text.isBlank());
    List<String> further = measured ? furtherProse() : List.of();
    return upTo(most, Stream.concat(comments, further.stream()).toList());
  }

  private static List<String> furtherProse() {
    String folder = System.getenv(FURTHER_PROSE);
    if (folder == null || folder.isBlank()) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      List<String> texts = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s names %s, where not all is UTF-8 text: %s"
              .formatted(FURTHER_PROSE, folder, failure.getMessage()),
          failure);
    }
  }

  private static String prose(String file) {
    StringBuilder prose = new StringBuilder();
    Matcher comments = COMMENT.matcher(file);
    while (comments.find()) {
      String text = MARGIN.matcher(comments.group(1)).replaceAll("");
      prose.append(TAG.matcher(text).replaceAll("$1").strip()).append("\n\n");
    }
    return prose.toString();
  }

  private static List<String> upTo(long most, List<String> documents) {
    List<String> taken = new ArrayList<>();
    long bytes = 0;
    for (String document : documents) {
      if (bytes >= most) {
        break;
      }
      taken.add(document);
      bytes += document.getBytes(StandardCharsets.UTF_8).length;
    }
    return taken;
  }
}
