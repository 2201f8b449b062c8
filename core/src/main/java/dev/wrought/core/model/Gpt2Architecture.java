package dev.wrought.core.model;

import static dev.wrought.core.model.TensorSpec.Role.BIAS;
import static dev.wrought.core.model.TensorSpec.Role.HEAD;
import static dev.wrought.core.model.TensorSpec.Role.LINEAR;
import static dev.wrought.core.model.TensorSpec.Role.NORM_BIAS;
import static dev.wrought.core.model.TensorSpec.Role.NORM_WEIGHT;
import static dev.wrought.core.model.TensorSpec.Role.RESIDUAL_LINEAR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.model.TensorSpec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GPT-2 (Radford et al. 2019), and GPT-3 without its sparse attention: learned positions,
 * LayerNorm, GELU, biases everywhere. Its linear layers are Conv1D, stored [in, out], with query,
 * key and value in one.
 */
public record Gpt2Architecture() implements Architecture {

  /** {@code activation_function} and whether it is the approximation by tanh. */
  private static final Map<String, Boolean> ACTIVATIONS =
      Map.of("gelu_new", true, "gelu_pytorch_tanh", true, "gelu", false);

  @Override
  public String className() {
    return "GPT2LMHeadModel";
  }

  @Override
  public String modelType() {
    return "gpt2";
  }

  @Override
  public boolean fits(ModelConfig config) {
    Attention attention = config.attention();
    return config.position() instanceof Position.Learned
        && config.norm() instanceof Norm.LayerNorm
        && config.feedForward() instanceof FeedForward.Gelu(_, boolean bias, _)
        && bias
        && attention.bias()
        && attention.keyValueHeads() == attention.heads()
        && attention.queryWidth() == config.width();
  }

  @Override
  public List<TensorSpec> tensors(ModelConfig config) {
    int width = config.width();
    List<TensorSpec> tensors = new ArrayList<>();
    tensors.add(TensorSpec.embedding("transformer.wte.weight", config.vocabularySize(), width));
    tensors.add(TensorSpec.embedding("transformer.wpe.weight", config.contextLength(), width));
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "transformer.h." + layer + ".";
      addNorm(tensors, block + "ln_1", width);
      addConv1d(tensors, block + "attn.c_attn", width, 3L * width, LINEAR);
      addConv1d(tensors, block + "attn.c_proj", width, width, RESIDUAL_LINEAR);
      addNorm(tensors, block + "ln_2", width);
      addConv1d(tensors, block + "mlp.c_fc", width, config.feedForward().width(), LINEAR);
      addConv1d(
          tensors, block + "mlp.c_proj", config.feedForward().width(), width, RESIDUAL_LINEAR);
    }
    addNorm(tensors, "transformer.ln_f", width);
    if (!config.tiedEmbeddings()) {
      tensors.add(LlamaArchitecture.linear("lm_head.weight", config.vocabularySize(), width, HEAD));
    }
    return tensors;
  }

  private static void addNorm(List<TensorSpec> tensors, String name, long width) {
    tensors.add(TensorSpec.vector(name + ".weight", width, NORM_WEIGHT));
    tensors.add(TensorSpec.vector(name + ".bias", width, NORM_BIAS));
  }

  private static void addConv1d(
      List<TensorSpec> tensors, String name, long in, long out, Role role) {
    tensors.add(new TensorSpec(name + ".weight", List.of(in, out), true, role));
    tensors.add(TensorSpec.vector(name + ".bias", out, BIAS));
  }

  @Override
  public TensorNames names() {
    return new TensorNames(
        "transformer.wte",
        Optional.of("transformer.wpe"),
        layer -> block("transformer.h." + layer + "."),
        "transformer.ln_f",
        "lm_head");
  }

  private static TensorNames.Block block(String prefix) {
    return new TensorNames.Block(
        prefix + "ln_1",
        List.of(prefix + "attn.c_attn"),
        prefix + "attn.c_proj",
        prefix + "ln_2",
        List.of(prefix + "mlp.c_fc"),
        prefix + "mlp.c_proj");
  }

  @Override
  public ModelConfig read(ConfigKeys keys) {
    keys.requireAbsentOr("scale_attn_weights", true);
    keys.requireAbsentOr("scale_attn_by_inverse_layer_idx", false);
    keys.requireAbsentOr("add_cross_attention", false);
    int width = keys.integer("n_embd");
    String activation = keys.text("activation_function", "gelu_new");
    return new ModelConfig(
        keys.integer("vocab_size"),
        keys.integer("n_positions"),
        keys.integer("n_layer"),
        width,
        new Position.Learned(),
        new Norm.LayerNorm(keys.number("layer_norm_epsilon", 1e-5)),
        Attention.multiHead(width, keys.integer("n_head"), true),
        new FeedForward.Gelu(
            keys.integer("n_inner", Math.multiplyExact(4, width)),
            true,
            keys.choice("activation_function", activation, ACTIVATIONS)),
        keys.flag("tie_word_embeddings", true),
        keys.number("initializer_range", 0.02),
        keys.specialIds(),
        keys.weightType());
  }

  @Override
  public void write(ModelConfig config, ObjectNode json) {
    json.put("n_positions", config.contextLength());
    json.put("n_embd", config.width());
    json.put("n_layer", config.layers());
    json.put("n_head", config.attention().heads());
    json.put("n_inner", config.feedForward().width());
    json.put("activation_function", activation(config.feedForward()));
    json.put("layer_norm_epsilon", config.norm().epsilon());
    json.put("resid_pdrop", 0.0);
    json.put("embd_pdrop", 0.0);
    json.put("attn_pdrop", 0.0);
  }

  private static String activation(FeedForward feedForward) {
    return feedForward instanceof FeedForward.Gelu(_, _, boolean tanh) && !tanh
        ? "gelu"
        : "gelu_new";
  }
}
