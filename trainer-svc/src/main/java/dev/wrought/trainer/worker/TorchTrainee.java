package dev.wrought.trainer.worker;

import ai.djl.Device;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.SafetensorsFile;
import dev.wrought.core.checkpoint.SafetensorsWriter;
import dev.wrought.core.checkpoint.SafetensorsWriter.Source;
import dev.wrought.core.checkpoint.TensorType;
import dev.wrought.core.checkpoint.TensorView;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.TensorSpec;
import dev.wrought.core.recipe.RecipeSpec;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.optim.AdamW;
import dev.wrought.torch.optim.Muon;
import dev.wrought.torch.optim.Optimizer;
import dev.wrought.torch.optim.Optimizer.State;
import dev.wrought.torch.step.StepResult;
import dev.wrought.torch.step.TrainingStep;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TokenBatch;
import dev.wrought.trainer.loader.MicroBatch;
import dev.wrought.trainer.loop.Trainee;
import dev.wrought.trainer.plan.AdamWSettings;
import dev.wrought.trainer.plan.MuonSettings;
import dev.wrought.trainer.plan.OptimizerSettings;
import dev.wrought.trainer.plan.Plan;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decoder and its optimizer on libtorch. Master weights and moments are fp32, and are saved and
 * read back bit for bit under their Hugging Face names. Used by one thread.
 */
final class TorchTrainee implements Trainee, AutoCloseable {
  private static final String STEPS = "step";

  private final Parameters parameters;
  private final Decoder decoder;
  private final Optimizer optimizer;
  private final TrainingStep step;

  /** A fresh model: the same seed gives the same weights. */
  TorchTrainee(Plan plan) {
    RecipeSpec spec = plan.recipe().spec();
    ScalarType type =
        switch (spec.precision()) {
          case BF16 -> ScalarType.BFLOAT16;
          case FP32 -> ScalarType.FLOAT32;
          case AUTO -> throw new IllegalStateException("a plan says which precision it is");
        };
    this.parameters = Parameters.initialise(plan.model(), spec.seed(), type, Device.cpu());
    this.decoder = new Decoder(plan.model(), parameters);
    this.optimizer = optimizer(parameters, plan.optimizer());
    double clip = spec.gradientClip() == 0 ? Double.POSITIVE_INFINITY : spec.gradientClip();
    this.step = new TrainingStep(decoder, optimizer, clip);
  }

  private static Optimizer optimizer(Parameters parameters, OptimizerSettings recipe) {
    return switch (recipe) {
      case AdamWSettings(double _, List<Double> betas, double epsilon, double decay) ->
          new AdamW(parameters, adamW(betas, epsilon, decay));
      case MuonSettings(
              double _,
              double momentum,
              List<Double> betas,
              double epsilon,
              double decay) ->
          new Muon(parameters, new Muon.Settings(momentum, adamW(betas, epsilon, decay)));
    };
  }

  private static AdamW.Settings adamW(List<Double> betas, double epsilon, double decay) {
    return new AdamW.Settings(betas.getFirst(), betas.getLast(), epsilon, decay);
  }

  @Override
  public Lesson learn(List<MicroBatch> batch, double learningRate) {
    for (MicroBatch each : batch) {
      step.accumulate(tokens(each));
    }
    StepResult result = step.apply(learningRate);
    return new Lesson(result.loss(), result.gradientNorm());
  }

  @Override
  public double nats(MicroBatch batch) {
    return step.lossSum(tokens(batch));
  }

  private static TokenBatch tokens(MicroBatch batch) {
    return new TokenBatch(
        batch.sequences(),
        batch.contextLength(),
        batch.inputs(),
        batch.targets(),
        Optional.empty(),
        batch.documents());
  }

  /** Writes {@code model.safetensors} and {@code optimizer.safetensors}. */
  void save(Path folder) {
    List<Source> weights = new ArrayList<>();
    List<Source> moments = new ArrayList<>();
    for (TensorSpec spec : parameters.specs()) {
      String name = spec.name();
      weights.add(source(name, spec, () -> parameters.floats(name)));
    }
    for (State each : optimizer.state()) {
      moments.add(source(each.name(), each.tensor(), each::floats));
    }
    long[] steps = {steps()};
    moments.add(new Source(STEPS, TensorType.I64, new long[0], () -> MemorySegment.ofArray(steps)));
    SafetensorsWriter.write(folder.resolve(Checkpoint.WEIGHTS), weights, Map.of("format", "pt"));
    SafetensorsWriter.write(folder.resolve(Checkpoint.OPTIMIZER), moments, Map.of("format", "pt"));
  }

  private long steps() {
    try (TensorScope scope = TensorScope.open()) {
      return optimizer.steps();
    }
  }

  /** A tensor of floats that is copied out of libtorch when its turn comes. */
  private static Source source(String name, TensorSpec spec, Floats floats) {
    return new Source(
        name, TensorType.F32, spec.shape(), () -> MemorySegment.ofBuffer(floats.get()));
  }

  @FunctionalInterface
  private interface Floats {
    FloatBuffer get();
  }

  /** Makes weights and optimizer those of a checkpoint. */
  void restore(Checkpoint checkpoint) {
    try (TensorScope scope = TensorScope.open();
        SafetensorsFile weights = SafetensorsFile.open(checkpoint.file(Checkpoint.WEIGHTS));
        SafetensorsFile moments = SafetensorsFile.open(checkpoint.file(Checkpoint.OPTIMIZER))) {
      for (TensorSpec spec : parameters.specs()) {
        parameters.load(spec.name(), floats(weights, spec.name(), spec));
      }
      for (State each : optimizer.state()) {
        each.load(floats(moments, each.name(), each.tensor()));
      }
      optimizer.setSteps(moments.tensor(STEPS).data().get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
      parameters.refreshValues();
    }
  }

  private static FloatBuffer floats(SafetensorsFile file, String name, TensorSpec spec) {
    TensorView tensor = file.tensor(name);
    if (tensor.type() != TensorType.F32 || !Arrays.equals(tensor.shape(), spec.shape())) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "the checkpoint's tensor %s is %s %s; the recipe's model needs F32 %s"
              .formatted(name, tensor.type(), Arrays.toString(tensor.shape()), spec.dimensions()));
    }
    return tensor.data().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @Override
  public void close() {
    step.close();
    optimizer.close();
    decoder.close();
    parameters.close();
  }
}
