package dev.wrought.core.model;

import static dev.wrought.core.model.TensorSpec.Role.BIAS;
import static dev.wrought.core.model.TensorSpec.Role.HEAD;
import static dev.wrought.core.model.TensorSpec.Role.LINEAR;
import static dev.wrought.core.model.TensorSpec.Role.NORM_WEIGHT;
import static dev.wrought.core.model.TensorSpec.Role.RESIDUAL_LINEAR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.model.TensorSpec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LLaMA (Touvron et al. 2023) and Llama 3: rotary positions, RMSNorm, SwiGLU, grouped-query
 * attention, as a rule no biases. Its linear layers are stored [out, in].
 */
public record LlamaArchitecture() implements Architecture {

  @Override
  public String className() {
    return "LlamaForCausalLM";
  }

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public boolean fits(ModelConfig config) {
    return config.position() instanceof Position.Rotary
        && config.norm() instanceof Norm.RmsNorm
        && config.feedForward() instanceof FeedForward.SwiGlu;
  }

  @Override
  public List<TensorSpec> tensors(ModelConfig config) {
    int width = config.width();
    Attention attention = config.attention();
    FeedForward feedForward = config.feedForward();
    List<TensorSpec> tensors = new ArrayList<>();
    tensors.add(TensorSpec.embedding("model.embed_tokens.weight", config.vocabularySize(), width));
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "model.layers." + layer + ".";
      Linears attentive = new Linears(tensors, block + "self_attn.", attention.bias());
      Linears forward = new Linears(tensors, block + "mlp.", feedForward.bias());
      tensors.add(TensorSpec.vector(block + "input_layernorm.weight", width, NORM_WEIGHT));
      attentive.add("q_proj", attention.queryWidth(), width, LINEAR);
      attentive.add("k_proj", attention.keyValueWidth(), width, LINEAR);
      attentive.add("v_proj", attention.keyValueWidth(), width, LINEAR);
      attentive.add("o_proj", width, attention.queryWidth(), RESIDUAL_LINEAR);
      tensors.add(TensorSpec.vector(block + "post_attention_layernorm.weight", width, NORM_WEIGHT));
      forward.add("gate_proj", feedForward.width(), width, LINEAR);
      forward.add("up_proj", feedForward.width(), width, LINEAR);
      forward.add("down_proj", width, feedForward.width(), RESIDUAL_LINEAR);
    }
    tensors.add(TensorSpec.vector("model.norm.weight", width, NORM_WEIGHT));
    if (!config.tiedEmbeddings()) {
      tensors.add(linear("lm_head.weight", config.vocabularySize(), width, HEAD));
    }
    return tensors;
  }

  static TensorSpec linear(String name, long out, long in, Role role) {
    return new TensorSpec(name, List.of(out, in), false, role);
  }

  /** Adds linear layers under a prefix, with their biases if they carry one. */
  private record Linears(List<TensorSpec> tensors, String prefix, boolean bias) {
    void add(String name, long out, long in, Role role) {
      tensors.add(linear(prefix + name + ".weight", out, in, role));
      if (bias) {
        tensors.add(TensorSpec.vector(prefix + name + ".bias", out, BIAS));
      }
    }
  }

  @Override
  public TensorNames names() {
    return new TensorNames(
        "model.embed_tokens",
        Optional.empty(),
        layer -> block("model.layers." + layer + "."),
        "model.norm",
        "lm_head");
  }

  private static TensorNames.Block block(String prefix) {
    return new TensorNames.Block(
        prefix + "input_layernorm",
        List.of(
            prefix + "self_attn.q_proj", prefix + "self_attn.k_proj", prefix + "self_attn.v_proj"),
        prefix + "self_attn.o_proj",
        prefix + "post_attention_layernorm",
        List.of(prefix + "mlp.gate_proj", prefix + "mlp.up_proj"),
        prefix + "mlp.down_proj");
  }

  @Override
  public ModelConfig read(ConfigKeys keys) {
    keys.choice("hidden_act", keys.text("hidden_act", "silu"), Map.of("silu", true));
    int width = keys.integer("hidden_size");
    int heads = keys.integer("num_attention_heads");
    int headDim = keys.integer("head_dim", width / Math.max(1, heads));
    return new ModelConfig(
        keys.integer("vocab_size"),
        keys.integer("max_position_embeddings"),
        keys.integer("num_hidden_layers"),
        width,
        new Position.Rotary(keys.ropeTheta()),
        new Norm.RmsNorm(keys.number("rms_norm_eps", 1e-6)),
        new Attention(
            heads,
            keys.integer("num_key_value_heads", heads),
            headDim,
            keys.flag("attention_bias", false)),
        new FeedForward.SwiGlu(keys.integer("intermediate_size"), keys.flag("mlp_bias", false)),
        keys.flag("tie_word_embeddings", false),
        keys.number("initializer_range", 0.02),
        keys.specialIds(),
        keys.weightType());
  }

  @Override
  public void write(ModelConfig config, ObjectNode json) {
    json.put("max_position_embeddings", config.contextLength());
    json.put("hidden_size", config.width());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.attention().heads());
    json.put("num_key_value_heads", config.attention().keyValueHeads());
    json.put("head_dim", config.attention().headDim());
    json.put("intermediate_size", config.feedForward().width());
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", config.norm().epsilon());
    if (config.position() instanceof Position.Rotary(double theta)) {
      json.put("rope_theta", theta);
    }
    json.put("attention_bias", config.attention().bias());
    json.put("mlp_bias", config.feedForward().bias());
  }
}
