package dev.wrought.serving.weights;

import dev.wrought.core.checkpoint.SafetensorsFile;
import dev.wrought.core.checkpoint.TensorView;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.TensorNames;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.serving.kernel.PackedMatrix;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds a model's parts among a file's tensors, and packs its matrices. Tensors that the model does
 * not have are passed over, as everywhere.
 */
final class WeightsReader {
  private static final int PROBLEMS_SHOWN = 5;

  private final SafetensorsFile file;
  private final ModelConfig config;
  private final Map<String, TensorSpec> specs;
  private final Arena arena;

  private WeightsReader(SafetensorsFile file, ModelConfig config, Arena arena) {
    this.file = file;
    this.config = config;
    this.arena = arena;
    specs =
        config.tensors().stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
  }

  /**
   * Reads a model.
   *
   * @param file whose tensors were checked
   * @param arena owns the packed matrices
   */
  static ModelWeights read(SafetensorsFile file, ModelConfig config, Arena arena) {
    return new WeightsReader(file, config, arena).read();
  }

  /**
   * Compares all tensors with what the model has.
   *
   * @param folder to be named
   * @throws WroughtException CORRUPT_FILE naming the tensors that are missing, of another shape, or
   *     in a number format that weights are not stored in
   */
  static void check(Path folder, SafetensorsFile file, ModelConfig config) {
    List<String> problems =
        config.tensors().stream().flatMap(spec -> problem(file, spec).stream()).toList();
    if (!problems.isEmpty()) {
      String more =
          problems.size() > PROBLEMS_SHOWN
              ? "; and %d more".formatted(problems.size() - PROBLEMS_SHOWN)
              : "";
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          folder
              + ": model.safetensors is not what config.json describes: "
              + problems.stream().limit(PROBLEMS_SHOWN).collect(Collectors.joining("; "))
              + more);
    }
  }

  private static Optional<String> problem(SafetensorsFile file, TensorSpec spec) {
    if (!file.tensors().containsKey(spec.name())) {
      return Optional.of("the tensor %s is missing".formatted(spec.name()));
    }
    TensorView tensor = file.tensor(spec.name());
    if (!Arrays.equals(tensor.shape(), spec.shape())) {
      return Optional.of(
          "the tensor %s has the shape %s instead of %s"
              .formatted(spec.name(), Arrays.toString(tensor.shape()), spec.dimensions()));
    }
    return TensorRows.canRead(tensor.type())
        ? Optional.empty()
        : Optional.of(
            "the tensor %s is stored as %s; weights are read from F32, BF16 and F16"
                .formatted(spec.name(), tensor.type()));
  }

  private ModelWeights read() {
    TensorNames names = config.architecture().names();
    return new ModelWeights(
        config,
        rows(names.tokenEmbedding() + ".weight"),
        names.positionEmbedding().map(name -> rows(name + ".weight")),
        IntStream.range(0, config.layers())
            .mapToObj(layer -> block(names.block().apply(layer)))
            .toList(),
        norm(names.finalNorm()),
        matrix(List.of(config.tiedEmbeddings() ? names.tokenEmbedding() : names.head())));
  }

  private ModelWeights.Block block(TensorNames.Block names) {
    return new ModelWeights.Block(
        norm(names.attentionNorm()),
        matrix(names.queryKeyValue()),
        matrix(List.of(names.attentionOut())),
        norm(names.feedForwardNorm()),
        matrix(names.up()),
        matrix(List.of(names.down())));
  }

  private ModelWeights.Normalisation norm(String name) {
    float[] gain = rows(name + ".weight").row(0);
    return switch (config.norm()) {
      case Norm.LayerNorm _ -> new ModelWeights.Normalisation(gain, rows(name + ".bias").row(0));
      case Norm.RmsNorm _ -> new ModelWeights.Normalisation(gain, new float[0]);
    };
  }

  private TensorRows rows(String name) {
    return TensorRows.of(file.tensor(name));
  }

  /** Layers whose outputs lie one behind another, as one matrix. */
  private PackedMatrix matrix(List<String> layers) {
    int outputs = layers.stream().mapToInt(this::outputs).sum();
    PackedMatrix packed = PackedMatrix.allocate(arena, outputs, inputs(layers.getFirst()));
    int first = 0;
    for (String layer : layers) {
      pack(layer, packed, first);
      first += outputs(layer);
    }
    return packed;
  }

  private void pack(String layer, PackedMatrix packed, int first) {
    TensorRows rows = rows(layer + ".weight");
    boolean transposed = spec(layer).transposed();
    float[] values = new float[rows.columns()];
    for (int row = 0; row < rows.rows(); row++) {
      rows.copyRow(row, values, 0);
      if (transposed) {
        packed.setInput(row, first, values);
      } else {
        packed.setOutput(first + row, values);
      }
    }
    if (specs.containsKey(layer + ".bias")) {
      float[] bias = rows(layer + ".bias").row(0);
      for (int output = 0; output < bias.length; output++) {
        packed.setBias(first + output, bias[output]);
      }
    }
  }

  private int outputs(String layer) {
    TensorSpec spec = spec(layer);
    return Math.toIntExact(spec.dimensions().get(spec.transposed() ? 1 : 0));
  }

  private int inputs(String layer) {
    TensorSpec spec = spec(layer);
    return Math.toIntExact(spec.dimensions().get(spec.transposed() ? 0 : 1));
  }

  private TensorSpec spec(String layer) {
    return Objects.requireNonNull(specs.get(layer + ".weight"), layer);
  }
}
