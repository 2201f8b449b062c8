package dev.wrought.tokenizer.config;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** The service's own settings. */
@ConfigMapping(prefix = "wrought.tokenizer")
public interface TokenizerSettings {
  /** Threads that encode, and as many of one training or build; left out, one a processor. */
  OptionalInt threads();
}
