package dev.wrought.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {

  @TempDir Path folder;

  static List<String> presets() {
    return List.copyOf(Presets.names());
  }

  @ParameterizedTest
  @MethodSource("presets")
  void read_whatWasWritten_isEqual(String preset) {
    ModelConfig config =
        Presets.named(preset)
            .config()
            .withSpecialIds(SpecialIds.endOfText(7))
            .withWeightType(WeightType.BFLOAT16);
    Path file = folder.resolve("config.json");
    config.write(file);
    assertEquals(config, ModelConfig.read(file));
  }

  @Test
  void read_gpt2OfTheHub_takesTheDefaultsThatItLeavesOut() throws IOException {
    ModelConfig config =
        read(
            """
            {"activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"],
             "attn_pdrop": 0.1, "bos_token_id": 50256, "embd_pdrop": 0.1, "eos_token_id": 50256,
             "initializer_range": 0.02, "layer_norm_epsilon": 1e-05, "model_type": "gpt2",
             "n_ctx": 1024, "n_embd": 768, "n_head": 12, "n_layer": 12, "n_positions": 1024,
             "n_inner": null, "resid_pdrop": 0.1, "vocab_size": 50257}
            """);
    assertEquals(
        Presets.named("gpt2-124m").config().withSpecialIds(SpecialIds.endOfText(50256)), config);
  }

  @Test
  void read_llamaOfTransformers5_findsThetaInRopeParameters() throws IOException {
    ModelConfig config =
        read(
            """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "dtype": "bfloat16",
             "vocab_size": 128256, "max_position_embeddings": 8192, "hidden_size": 4096,
             "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
             "intermediate_size": 14336, "rms_norm_eps": 1e-05, "bos_token_id": 128000,
             "eos_token_id": [128001, 128009],
             "rope_parameters": {"rope_theta": 500000.0, "rope_type": "default"}}
            """);
    assertEquals(new Position.Rotary(500_000), config.position());
    assertEquals(OptionalInt.of(128_001), config.specialIds().end());
    assertEquals(WeightType.BFLOAT16, config.weightType());
    assertEquals(8_030_261_248L, config.parameterCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"architectures\": [\"MambaForCausalLM\"]} | known are GPT2LMHeadModel, LlamaForCausalLM",
        "{\"model_type\": \"llama\"} | `architectures` is missing",
        "{\"architectures\": [\"GPT2LMHeadModel\"], \"n_embd\": \"wide\"} | n_embd is \"wide\"",
        "{\"architectures\": [\"GPT2LMHeadModel\"]} | n_embd is missing",
        "{\"architectures\": [\"LlamaForCausalLM\"], \"hidden_act\": \"relu\"} | supported are [silu]",
        "{\"architectures\": [\"GPT2LMHeadModel\"], \"scale_attn_weights\": false} | only true",
      })
  void read_notOneOfOurs_saysWhatIsAllowed(String jsonAndMessage) {
    String[] parts = jsonAndMessage.split(" \\| ");
    WroughtException e = assertThrows(WroughtException.class, () -> read(parts[0]));
    assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
    assertTrue(e.getMessage().contains(parts[1]), e.getMessage());
  }

  @Test
  void read_noJson_isACorruptFile() {
    WroughtException e = assertThrows(WroughtException.class, () -> read("{\"architectures\": ["));
    assertEquals(ErrorCode.CORRUPT_FILE, e.code());
  }

  @Test
  void read_scaledRotary_isRefused() {
    WroughtException e =
        assertThrows(
            WroughtException.class,
            () ->
                read(
                    """
                    {"architectures": ["LlamaForCausalLM"], "vocab_size": 8, "hidden_size": 8,
                     "max_position_embeddings": 8, "num_hidden_layers": 1, "intermediate_size": 8,
                     "num_attention_heads": 2, "rope_scaling": {"rope_type": "llama3"}}
                    """));
    assertTrue(e.getMessage().contains("llama3"), e.getMessage());
  }

  @Test
  void tensors_gpt2_areHuggingFaces() {
    List<TensorSpec> tensors = Presets.named("gpt2-124m").config().tensors();
    assertEquals(2 + 12 * 12 + 2, tensors.size());
    assertEquals("transformer.wte.weight", tensors.getFirst().name());
    TensorSpec fused = named(tensors, "transformer.h.0.attn.c_attn.weight");
    assertEquals(List.of(768L, 2304L), fused.dimensions());
    assertTrue(fused.transposed());
  }

  @Test
  void tensors_llamaWithGroups_haveNarrowKeys() {
    List<TensorSpec> tensors = Presets.named("llama3-8b").config().tensors();
    TensorSpec keys = named(tensors, "model.layers.31.self_attn.k_proj.weight");
    assertEquals(List.of(1024L, 4096L), keys.dimensions());
    assertFalse(keys.transposed());
    assertEquals("lm_head.weight", tensors.getLast().name());
  }

  @Test
  void tensors_tied_haveNoHeadOfTheirOwn() {
    ModelConfig tied = Presets.named("llama").config();
    assertTrue(tied.tensors().stream().noneMatch(t -> t.name().equals("lm_head.weight")));
  }

  @Test
  void construct_compositionThatNobodyPublished_isRefusedByArchitecture() {
    ModelConfig llama = Presets.named("llama").config();
    ModelConfig mixed =
        new ModelConfig(
            llama.vocabularySize(),
            llama.contextLength(),
            llama.layers(),
            llama.width(),
            new Position.Learned(),
            llama.norm(),
            llama.attention(),
            llama.feedForward(),
            true,
            0.02,
            SpecialIds.NONE,
            WeightType.FLOAT32);
    WroughtException e = assertThrows(WroughtException.class, mixed::architecture);
    assertTrue(e.getMessage().contains("no known architecture"), e.getMessage());
  }

  @Test
  void construct_oddHeadWithRotary_isRefused() {
    assertThrows(
        WroughtException.class,
        () -> Presets.named("llama").resolve(ModelOverrides.NONE, 32_000).withVocabularySize(0));
    WroughtException e =
        assertThrows(
            WroughtException.class,
            () -> Family.LLAMA.compose(new ModelShape(8, 8, 1, 9, 3, 3, 8), true, 10_000));
    assertTrue(e.getMessage().contains("must be even"), e.getMessage());
  }

  @Test
  void attention_keyValueHeadsThatDoNotDivide_areRefused() {
    WroughtException e = assertThrows(WroughtException.class, () -> new Attention(6, 4, 64, false));
    assertTrue(e.getMessage().contains("1, 2, 3, 6"), e.getMessage());
  }

  private static TensorSpec named(List<TensorSpec> tensors, String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private ModelConfig read(String json) throws IOException {
    return ModelConfig.read(Files.writeString(folder.resolve("config.json"), json));
  }
}
