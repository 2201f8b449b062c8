package dev.wrought.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.util.List;
import java.util.Set;

/** A checkpoint's trainer-state.json. */
public final class TrainerStateFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new TrainerStateFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedFolder.put(TrainerState.FILE_NAME, input);
    FuzzedFolder.read(FuzzedFolder.path(), TrainerState::read);
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        """
        {"formatVersion": 1, "runUid": "u", "run": "r", "epoch": 1, "step": 3, "plannedSteps": 9,
         "samples": 48, "totalTokens": 999, "seed": 1, "rngState": 0, "firstLoss": 9.5, "loss": 2,
         "validationLoss": 2.5, "learningRate": 6e-4, "tokenizerDigest": "t",
         "datasets": [{"dataset": "d@abc", "weight": 1.0}], "threads": 2,
         "instructionSet": "avx512", "exact": true, "trainingSeconds": 12.5}
        """
            .getBytes(UTF_8));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "null", "\"datasets\":[", "{\"dataset\":\"\",\"weight\":1}", "1e400", "-1", "[]");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/checkpoint/TrainerState.java");
  }
}
