package dev.wrought.tokenizer.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.core.artifact.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a build has finished, as it is kept on the disk.
 *
 * @param inputs that it was begun with
 */
record BuildJournal(BuildInputs inputs, List<FinishedShard> train, List<FinishedShard> validation) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  BuildJournal {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
  }

  /** Of a build that has done nothing yet. */
  static BuildJournal begun(BuildInputs inputs) {
    return new BuildJournal(inputs, List.of(), List.of());
  }

  /**
   * @throws IOException also if it is damaged, or no journal
   */
  static BuildJournal read(Path file) throws IOException {
    JsonNode journal = JSON.readTree(Files.readAllBytes(file));
    if (!journal.path("inputs").isObject()) {
      throw new IOException("it does not say what the dataset is built from");
    }
    return JSON.treeToValue(journal, BuildJournal.class);
  }

  void write(Path file) throws IOException {
    DurableFiles.write(file, JSON.writeValueAsBytes(this));
  }

  /** The shards of a split, in order. */
  List<FinishedShard> of(Split split) {
    return split == Split.TRAIN ? train : validation;
  }

  /** With one more shard. */
  BuildJournal with(Split split, FinishedShard shard) {
    List<FinishedShard> longer = new ArrayList<>(of(split));
    longer.add(shard);
    return split == Split.TRAIN
        ? new BuildJournal(inputs, longer, validation)
        : new BuildJournal(inputs, train, longer);
  }

  boolean isEmpty() {
    return train.isEmpty() && validation.isEmpty();
  }
}
