package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Position;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training's state as a file: what kind of file it is, the training's key, the state, and the
 * SHA-256 of all that, without which nothing of it is read.
 */
final class StateFile {
  /** To be changed with the format, and with what words and merges are. */
  private static final String KIND = "wrought unfinished tokenizer 1";

  private static final int DIGEST_BYTES = 32;
  private static final int BUFFER_BYTES = 1 << 16;

  private StateFile() {}

  static void write(Path file, String key, TrainingState state) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (OutputStream raw = Files.newOutputStream(file)) {
      OutputStream digested = new DigestOutputStream(raw, digest);
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digested, BUFFER_BYTES));
      out.writeUTF(KIND);
      out.writeUTF(key);
      write(out, state);
      out.flush();
      raw.write(digest.digest());
    }
  }

  private static void write(DataOutputStream out, TrainingState state) throws IOException {
    switch (state) {
      case TrainingState.Counting(Position position, WordCounts counts, PrunedWords pruned) -> {
        out.writeBoolean(true);
        out.writeLong(position.documents());
        out.writeLong(position.bytesRead());
        out.writeLong(position.fingerprint());
        write(out, pruned);
        counts.write(out);
      }
      case TrainingState.Merging(TrainingState.Facts facts, BpeTrainer trainer) -> {
        out.writeBoolean(false);
        out.writeLong(facts.bytesRead());
        out.writeInt(facts.dropped().size());
        for (Map.Entry<String, Long> reason : facts.dropped().entrySet()) {
          out.writeUTF(reason.getKey());
          out.writeLong(reason.getValue());
        }
        write(out, facts.pruned());
        trainer.write(out);
      }
    }
  }

  private static void write(DataOutputStream out, PrunedWords pruned) throws IOException {
    out.writeLong(pruned.words());
    out.writeLong(pruned.occurrences());
    out.writeLong(pruned.floor());
  }

  /**
   * @throws IOException also if the file is damaged, or not this training's
   */
  static TrainingState read(Path file, String key, ModelKind model, VocabularySpec vocabulary)
      throws IOException {
    checkDigest(file);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
      if (!in.readUTF().equals(KIND) || !in.readUTF().equals(key)) {
        throw new IOException("it is of another kind, or another training's");
      }
      return in.readBoolean() ? readCounting(in, model) : readMerging(in, vocabulary);
    }
  }

  private static void checkDigest(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      long left = Files.size(file) - DIGEST_BYTES;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          break;
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      if (left != 0 || !MessageDigest.isEqual(digest.digest(), in.readNBytes(DIGEST_BYTES))) {
        throw new IOException("it is damaged: its digest is wrong");
      }
    }
  }

  private static TrainingState readCounting(DataInputStream in, ModelKind model)
      throws IOException {
    Position position = new Position(in.readLong(), in.readLong(), in.readLong());
    PrunedWords pruned = readPruned(in);
    return new TrainingState.Counting(position, WordCounts.read(in, model), pruned);
  }

  private static TrainingState readMerging(DataInputStream in, VocabularySpec vocabulary)
      throws IOException {
    long bytesRead = in.readLong();
    Map<String, Long> dropped = new TreeMap<>();
    for (int reasons = in.readInt(); reasons > 0; reasons--) {
      dropped.put(in.readUTF(), in.readLong());
    }
    PrunedWords pruned = readPruned(in);
    return new TrainingState.Merging(
        new TrainingState.Facts(bytesRead, dropped, pruned), BpeTrainer.read(in, vocabulary));
  }

  private static PrunedWords readPruned(DataInputStream in) throws IOException {
    return new PrunedWords(in.readLong(), in.readLong(), in.readLong());
  }
}
