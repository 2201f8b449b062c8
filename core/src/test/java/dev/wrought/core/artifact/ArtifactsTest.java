package dev.wrought.core.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  private static final ArtifactKind TOKENIZER = ArtifactKind.TOKENIZER;

  @TempDir Path home;
  private Artifacts artifacts;

  @BeforeEach
  void open() {
    artifacts = new Artifacts(home);
  }

  @Test
  void publish_thenResolve_findsItByNameDigestAndPath() throws IOException {
    Artifact published = publish("jdk-8k", "one");
    String digest = published.digest().orElseThrow();
    assertEquals(home.resolve("tokenizers/jdk-8k/" + digest), published.folder());
    assertEquals(published, artifacts.resolve(TOKENIZER, "jdk-8k"));
    assertEquals(published, artifacts.resolve(TOKENIZER, "jdk-8k@" + digest));
    assertEquals(published, artifacts.resolve(TOKENIZER, "jdk-8k@" + digest.substring(0, 8)));
    assertEquals(
        published.file(), artifacts.resolve(TOKENIZER, published.folder().toString()).file());
    assertEquals(
        published.file(), artifacts.resolve(TOKENIZER, published.file().toString()).file());
  }

  @Test
  void publish_again_movesTheNameAndKeepsTheOld() throws IOException {
    Artifact first = publish("jdk", "one");
    Artifact second = publish("jdk", "two");
    assertEquals(second, artifacts.resolve(TOKENIZER, "jdk"));
    assertEquals(first, artifacts.resolve(TOKENIZER, "jdk@" + first.digest().orElseThrow()));
  }

  @Test
  void publish_equalContent_isStoredOnce() throws IOException {
    Artifact first = publish("jdk", "one");
    publish("jdk", "two");
    assertEquals(first, publish("jdk", "one"));
    assertEquals(first, artifacts.resolve(TOKENIZER, "jdk"));
    try (Stream<Path> left = Files.list(home.resolve("tokenizers"))) {
      assertEquals(List.of(home.resolve("tokenizers/jdk")), left.toList());
    }
  }

  @Test
  void publish_again_mendsWhatWasDamaged() throws IOException {
    Artifact first = publish("jdk", "one");
    Files.writeString(first.file(), "damaged");
    Object folder = Files.readAttributes(first.folder(), BasicFileAttributes.class).fileKey();
    assertEquals("one", Files.readString(publish("jdk", "one").file()));
    Files.delete(first.file());
    assertEquals("one", Files.readString(publish("jdk", "one").file()));
    assertEquals(folder, Files.readAttributes(first.folder(), BasicFileAttributes.class).fileKey());
    try (Stream<Path> left = Files.list(home.resolve("tokenizers"))) {
      assertEquals(List.of(home.resolve("tokenizers/jdk")), left.toList());
    }
  }

  @Test
  void resolve_unknownName_listsTheNearest() throws IOException {
    publish("jdk-8k", "one");
    publish("shakespeare", "two");
    assertFails(ErrorCode.NOT_FOUND, "jdk-9k", "nearest are jdk-8k, shakespeare");
    assertFails(ErrorCode.NOT_FOUND, "jdk-8k@00000000", "jdk-8k@00000000");
  }

  @Test
  void resolve_nothingMadeYet_saysSo() {
    assertFails(ErrorCode.NOT_FOUND, "jdk", "none has been made");
    assertFails(ErrorCode.NOT_FOUND, "/nowhere/tokenizer.json", "/nowhere/tokenizer.json");
  }

  @Test
  void resolve_badReference_saysWhatIsAllowed() throws IOException {
    publish("jdk", "one");
    assertFails(ErrorCode.INVALID_ARGUMENT, "", "absolute path");
    assertFails(ErrorCode.INVALID_ARGUMENT, "../jdk", "a-z");
    assertFails(ErrorCode.INVALID_ARGUMENT, "Jdk", "a-z");
    assertFails(ErrorCode.INVALID_ARGUMENT, "j".repeat(64), "at most 63");
    assertFails(ErrorCode.INVALID_ARGUMENT, "jdk@xyz", "hex digits");
  }

  @Test
  void resolve_damagedReference_isNamed() throws IOException {
    Artifact published = publish("jdk", "one");
    Files.delete(published.file());
    assertFails(ErrorCode.CORRUPT_FILE, "jdk", "tokenizer.json");
    Files.writeString(home.resolve("tokenizers/jdk/current"), "../../etc");
    assertFails(ErrorCode.CORRUPT_FILE, "jdk", "does not hold a digest");
  }

  @Test
  void list_givesTheNewestFirst() throws IOException {
    Artifact first = publish("first", "one");
    Files.setLastModifiedTime(first.file(), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    publish("second", "two");
    assertEquals(
        List.of("second", "first"),
        artifacts.list(TOKENIZER).stream().map(Artifact::name).toList());
    assertEquals(List.of(), artifacts.list(ArtifactKind.DATASET));
  }

  @Test
  void stage_whereNothingCanBeWritten_saysSo() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "");
    WroughtException refused =
        assertThrows(WroughtException.class, () -> new Artifacts(file).stage(TOKENIZER));
    assertEquals(ErrorCode.STORAGE, refused.code());
  }

  @Test
  void deleteFolder_withALinkOut_leavesItsTarget() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "");
    Path folder = Files.createDirectory(home.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link"), outside);
    DurableFiles.deleteFolder(folder);
    assertFalse(Files.exists(folder));
    assertTrue(Files.exists(outside.resolve("kept")));
    DurableFiles.deleteFolder(folder);
  }

  private Artifact publish(String name, String content) throws IOException {
    Path staged = artifacts.stage(TOKENIZER);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(staged.resolve("tokenizer.json"), bytes);
    return artifacts.publish(TOKENIZER, name, Sha256.of(bytes), staged);
  }

  private void assertFails(ErrorCode code, String reference, String inMessage) {
    WroughtException failure =
        assertThrows(WroughtException.class, () -> artifacts.resolve(TOKENIZER, reference));
    assertEquals(code, failure.code(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).contains(inMessage), failure.getMessage());
  }
}
