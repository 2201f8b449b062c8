package dev.wrought.core.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A published architecture: the names by which Hugging Face's {@code transformers} knows a
 * composition and its tensors.
 */
public sealed interface Architecture permits Gpt2Architecture, LlamaArchitecture {

  /** All that are known. */
  List<Architecture> ALL = List.of(new Gpt2Architecture(), new LlamaArchitecture());

  /** The entry of {@code architectures} in config.json. */
  String className();

  /** {@code model_type} in config.json. */
  String modelType();

  /** Whether this architecture can express the composition. */
  boolean fits(ModelConfig config);

  /** The checkpoint's tensors, in the order of the forward pass. */
  List<TensorSpec> tensors(ModelConfig config);

  /** Where a part of the model is found among the tensors. */
  TensorNames names();

  /** The configuration that the keys of config.json describe. */
  ModelConfig read(ConfigKeys keys);

  /** Adds the keys of config.json. */
  void write(ModelConfig config, ObjectNode json);

  /**
   * The architecture that expresses a composition.
   *
   * @throws WroughtException INVALID_ARGUMENT if none does
   */
  static Architecture of(ModelConfig config) {
    return ALL.stream()
        .filter(architecture -> architecture.fits(config))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INVALID_ARGUMENT,
                "no known architecture combines "
                    + List.of(
                        config.position(), config.norm(), config.attention(), config.feedForward())
                    + "; known are "
                    + known()));
  }

  /** The architecture with this class name, as in config.json. */
  static Architecture ofClassName(String className) {
    return ALL.stream()
        .filter(architecture -> architecture.className().equals(className))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INVALID_ARGUMENT,
                "unknown architecture \"%s\"; known are %s".formatted(className, known())));
  }

  private static String known() {
    return ALL.stream().map(Architecture::className).collect(Collectors.joining(", "));
  }
}
