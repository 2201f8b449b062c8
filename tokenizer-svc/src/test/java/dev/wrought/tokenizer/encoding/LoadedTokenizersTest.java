package dev.wrought.tokenizer.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedTokenizersTest {
  @TempDir Path folder;
  private LoadedTokenizers tokenizers;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    tokenizers = new LoadedTokenizers(new Artifacts(folder));
    file = TinyTokenizer.in(folder);
  }

  @Test
  void named_byManyAtOnce_isReadOnce() throws Exception {
    Set<Tokenizer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Tokenizer> call = () -> tokenizers.named(file.toString());
      for (Future<Tokenizer> each : callers.invokeAll(Collections.nCopies(50, call))) {
        seen.add(each.get());
      }
    }
    assertEquals(1, seen.size());
  }

  @Test
  void named_aFileWrittenAnew_isReadAnew() throws IOException {
    Tokenizer before = tokenizers.named(file.toString());
    assertSame(before, tokenizers.named(file.toString()));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertNotSame(before, tokenizers.named(file.toString()));
  }

  @Test
  void named_aDamagedFileThatIsMended_isReadThen() throws IOException {
    String good = Files.readString(file);
    Files.writeString(file, good.substring(0, 100));
    WroughtException damaged =
        assertThrows(WroughtException.class, () -> tokenizers.named(file.toString()));
    assertEquals(ErrorCode.CORRUPT_FILE, damaged.code());
    Files.writeString(file, good);
    assertEquals(262, tokenizers.named(file.toString()).vocabularySize());
  }

  @Test
  void find_everyFormatAndAFolder_isTheFile() throws IOException {
    Tokenizer tokenizer = TinyTokenizer.get();
    Set<String> digests = new HashSet<>();
    for (String name : new String[] {"tokenizer.json", "tiny.tiktoken"}) {
      Path written = folder.resolve(name);
      TokenizerFile.write(tokenizer, written);
      assertEquals(262, tokenizers.named(written.toString()).vocabularySize(), name);
      digests.add(tokenizers.named(written.toString()).digest());
    }
    assertEquals(folder.resolve("tokenizer.json"), tokenizers.find(folder.toString()).file());
    assertEquals(2, digests.size());
  }

  @Test
  void find_nothingThereOrNoPath_isRefused() {
    WroughtException missing =
        assertThrows(WroughtException.class, () -> tokenizers.find("/no/such/file.gguf"));
    assertEquals(ErrorCode.NOT_FOUND, missing.code());
    assertTrue(missing.getMessage().contains("/no/such/file.gguf"));
    WroughtException none = assertThrows(WroughtException.class, () -> tokenizers.find("/a\0b"));
    assertEquals(ErrorCode.INVALID_ARGUMENT, none.code());
  }
}
