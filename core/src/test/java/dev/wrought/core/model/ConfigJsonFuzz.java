package dev.wrought.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A model's config.json. */
public final class ConfigJsonFuzz implements FuzzTarget {
  private static final String GPT2 =
      """
      {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": 300,
       "activation_function": "gelu_new", "n_embd": 8, "n_head": 2, "n_layer": 1,
       "n_positions": 16, "n_inner": null, "bos_token_id": 5, "eos_token_id": 5,
       "initializer_range": 0.02, "layer_norm_epsilon": 1e-05, "resid_pdrop": 0.1}
      """;
  private static final String LLAMA =
      """
      {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "dtype": "bfloat16",
       "vocab_size": 300, "max_position_embeddings": 16, "hidden_size": 8,
       "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1,
       "intermediate_size": 16, "rms_norm_eps": 1e-05, "eos_token_id": [1, 2],
       "tie_word_embeddings": true, "hidden_act": "silu",
       "rope_parameters": {"rope_theta": 500000.0, "rope_type": "default"}}
      """;

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new ConfigJsonFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedFolder.read(FuzzedFolder.put("config.json", input), ConfigJsonFuzz::use);
  }

  private static void use(Path file) {
    ModelConfig config = ModelConfig.read(file);
    config.write(file);
    if (!ModelConfig.read(file).equals(config)) {
      throw new AssertionError("another model when it is written and read: " + config);
    }
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.INVALID_ARGUMENT);
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(GPT2, LLAMA).map(json -> json.getBytes(UTF_8)).toList();
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\"head_dim\":4,",
        "\"attention_bias\":true,",
        "\"mlp_bias\":true,",
        "\"rope_scaling\":null,",
        "\"rope_theta\":1e4,",
        "\"torch_dtype\":\"float16\",",
        "\"sliding_window\":null,",
        "\"scale_attn_weights\":true,",
        "null",
        "-1",
        "0",
        "2147483648",
        "1e400",
        "[]",
        "{}");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/core/model/*.java");
  }
}
