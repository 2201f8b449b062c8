package dev.wrought.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads again what fuzzing a module's parsers has found, and what it begins with. */
public abstract class FuzzReplayContract {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  /** The module's parsers. */
  protected abstract List<FuzzTarget> targets();

  @TestFactory
  Stream<DynamicTest> seed_ofATarget_isRead() {
    List<DynamicTest> tests = new ArrayList<>();
    for (FuzzTarget target : targets()) {
      for (byte[] seed : target.seeds()) {
        String name = target.name() + ", seed " + tests.size();
        tests.add(dynamicTest(name, () -> assertDoesNotThrow(() -> target.read(seed), name)));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> input_onceFound_isReadOrRefusedByName() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (FuzzTarget target : targets()) {
      for (Path file : in(folders(target).found())) {
        String name = target.name() + ", " + file.getFileName();
        byte[] input = Files.readAllBytes(file);
        tests.add(
            dynamicTest(name, () -> assertDoesNotThrow(() -> readWithin(target, input), name)));
      }
    }
    return tests.stream();
  }

  @Test
  void everyFolder_ofInputsAndStamps_belongsToATarget() throws IOException {
    List<String> names = targets().stream().map(FuzzTarget::name).toList();
    FuzzFolders any = new FuzzFolders(MODULE, "any");
    for (Path folder : in(any.found().resolveSibling("."))) {
      assertTrue(names.contains(folder.getFileName().toString()), folder.toString());
    }
    for (Path stamp : in(any.stamp().resolveSibling("."))) {
      String name = stamp.getFileName().toString().replace(".properties", "");
      assertTrue(names.contains(name), stamp.toString());
    }
  }

  @Test
  void code_ofATarget_isThere() throws IOException {
    for (FuzzTarget target : targets()) {
      assertEquals(
          64, ParserCode.digest(folders(target).sources(), target.code()).length(), target.name());
    }
  }

  /** Reads or refuses, and within bounds: the fuzzer has less heap, but garbage is counted here. */
  private static void readWithin(FuzzTarget target, byte[] input) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    target.readOrRefuse(input);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        taken <= 4 * JazzerProcess.HEAP_BYTES, () -> taken + " bytes of the heap were taken");
  }

  private static FuzzFolders folders(FuzzTarget target) {
    return new FuzzFolders(MODULE, target.name());
  }

  private static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
