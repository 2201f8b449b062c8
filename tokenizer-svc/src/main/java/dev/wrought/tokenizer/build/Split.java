package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.Dataset;
import java.nio.file.Path;

/** The two parts of a dataset. */
enum Split {
  TRAIN,
  VALIDATION;

  /** Where its first shard lies. */
  Path prefix(Path folder) {
    return switch (this) {
      case TRAIN -> Dataset.trainPrefix(folder);
      case VALIDATION -> Dataset.validationPrefix(folder);
    };
  }
}
