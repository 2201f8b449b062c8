package dev.wrought.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D4: data that is not what it was is refused, with the difference. */
class DatasetWatchTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path home;
  private Path train = Path.of("");
  private Dataset dataset = new Dataset(train, "", TinyDataset.FACTS, Map.of());

  @BeforeEach
  void seal() throws IOException {
    dataset = TinyDataset.seal(Files.createDirectory(home.resolve("tiny")));
    train = dataset.folder().resolve("train.bin");
    Files.setLastModifiedTime(train, LONG_AGO);
  }

  @Test
  void begin_missingFile_isToldAsMissing() throws IOException {
    Files.delete(train);
    String message = refusal(dataset::verify);
    assertTrue(message.contains(train + " is missing"), message);
  }

  @Test
  void begin_changedFile_isToldWithBothDigests() throws IOException {
    String built = Sha256.of(train);
    change();
    String message = refusal(dataset::verify);
    String told = "%s was changed: its SHA-256 is %s, not %s";
    assertTrue(message.contains(told.formatted(train, Sha256.of(train), built)), message);
  }

  @Test
  void begin_addedFile_isToldAsAdded() throws IOException {
    Path shard = Files.createFile(dataset.folder().resolve("train-2.bin"));
    String message = refusal(dataset::verify);
    assertTrue(message.contains(shard + " was added"), message);
    assertFalse(message.contains("dataset.json was added"), message);
  }

  @Test
  void begin_fileThatCannotBeRead_isToldWithTheReason() throws IOException {
    Files.delete(train);
    Files.createDirectory(train);
    String message = refusal(dataset::verify);
    assertTrue(message.contains(train + " cannot be read: "), message);
  }

  @Test
  void begin_hiddenFileOrReport_isLetBe() throws IOException {
    Files.createFile(dataset.folder().resolve(".DS_Store"));
    Files.createFile(dataset.folder().resolve(Dataset.REPORT_FILE));
    Files.createFile(dataset.folder().resolve(Dataset.REPORT_PAGE));
    dataset.verify();
  }

  @Test
  void begin_everyDifferenceOfEveryDataset_isToldAtOnceWithTheRemedy() throws IOException {
    Dataset other = TinyDataset.seal(Files.createDirectory(home.resolve("other")));
    change();
    Files.delete(dataset.folder().resolve("validation.idx"));
    for (int shard = 0; shard < 12; shard++) {
      Files.createFile(other.folder().resolve("train-" + shard + ".bin"));
    }
    String message = refusal(() -> DatasetWatch.begin(List.of(dataset, other, dataset)));
    assertEquals(1, count(message, "train.bin was changed"), message);
    assertEquals(1, count(message, "validation.idx is missing"), message);
    assertEquals(10, count(message, ".bin was added"), message);
    assertTrue(message.contains("2 more files were added"), message);
    assertTrue(message.contains("Put back") && message.contains("build it anew"), message);
  }

  @Test
  void begin_folderIsGone_isToldOfEachFile() {
    Path nowhere = home.resolve("nowhere");
    String message = refusal(new Dataset(nowhere, "", dataset.facts(), dataset.files())::verify);
    for (String file : dataset.files().keySet()) {
      assertTrue(message.contains(nowhere.resolve(file) + " is missing"), message);
    }
    assertFalse(message.contains("listed"), message);
  }

  @Test
  void check_nothingMoved_passes() {
    DatasetWatch watch = DatasetWatch.begin(List.of(dataset));
    watch.check();
    watch.check();
  }

  @Test
  void check_changedCutShortOrMissing_isRefusedEachTime() throws IOException {
    DatasetWatch watch = DatasetWatch.begin(List.of(dataset));
    change();
    Files.write(dataset.folder().resolve("train.idx"), new byte[1]);
    Files.delete(dataset.folder().resolve("validation.bin"));
    for (int time = 0; time < 2; time++) {
      String message = refusal(watch::check);
      assertTrue(message.contains("train.bin was changed"), message);
      assertTrue(message.contains("train.idx was changed"), message);
      assertTrue(message.contains("validation.bin is missing"), message);
    }
  }

  @Test
  void check_touchedOrReplacedByTheSame_passes() throws IOException {
    DatasetWatch watch = DatasetWatch.begin(List.of(dataset));
    Files.setLastModifiedTime(train, FileTime.fromMillis(0));
    watch.check();
    byte[] content = Files.readAllBytes(train);
    Files.delete(train);
    Files.write(train, content);
    watch.check();
  }

  /** Else it would read everything at every checkpoint. */
  @Test
  void check_sizeAndTimeStandStill_readsNothing() throws IOException {
    DatasetWatch watch = DatasetWatch.begin(List.of(dataset));
    change();
    Files.setLastModifiedTime(train, LONG_AGO);
    watch.check();
  }

  @Test
  void check_addedFile_isNobodysReading() throws IOException {
    DatasetWatch watch = DatasetWatch.begin(List.of(dataset));
    Files.createFile(dataset.folder().resolve("train-2.bin"));
    watch.check();
  }

  /** Other tokens, as many. */
  private void change() throws IOException {
    Files.write(train, new byte[(int) Files.size(train)], StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static String refusal(Runnable check) {
    WroughtException refused = assertThrows(WroughtException.class, check::run);
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    return String.valueOf(refused.getMessage());
  }

  private static int count(String message, String part) {
    return message.split(part, -1).length - 1;
  }
}
