package dev.wrought.serving.grpc;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.serving.generation.GenerationSettings;
import dev.wrought.serving.models.ServedModel;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.Samplers;
import dev.wrought.serving.sampling.StandardSamplerFactory;
import dev.wrought.serving.sampling.StandardSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What clients want written, checked and as the rooms' own records. */
final class TextRequests {
  private static final int MOST_STOPS = 16;
  private static final int LONGEST_STOP = 64;
  private static final int DEFAULT_TOKENS = 256;

  private TextRequests() {}

  /** What can be checked before a model is there. */
  static void check(GenerateRequest message) {
    switch (message.getInputCase()) {
      case PROMPT -> checkNotEmpty("prompt", message.getPrompt().length());
      case PROMPT_IDS -> checkNotEmpty("prompt_ids", message.getPromptIds().getIdsCount());
      case INPUT_NOT_SET -> checkNotEmpty("prompt", 0);
    }
    Ranges.check("max_tokens", message.getMaxTokens(), 0, Integer.MAX_VALUE);
    checkReal("temperature", message.getTemperature(), message.getTemperature() >= 0, 2, "0 to 2");
    Ranges.check("top_k", message.getTopK(), 0, Integer.MAX_VALUE);
    if (message.hasTopP()) {
      checkReal("top_p", message.getTopP(), message.getTopP() > 0, 1, "more than 0 and at most 1");
    }
    checkStops(message.getStopList());
    Ranges.checkName("model", message.getModel());
    Ranges.checkName("sampler", message.getSampler());
  }

  private static void checkNotEmpty(String field, int length) {
    if (length == 0) {
      throw Ranges.refusal(
          field, "empty", "at least one token is needed, for example the end-of-text token");
    }
  }

  private static void checkReal(
      String field, float value, boolean enough, float most, String allowed) {
    if (!enough || !(value <= most)) {
      throw Ranges.refusal(field, Float.toString(value), allowed + " is allowed");
    }
  }

  private static void checkStops(List<String> stops) {
    Ranges.check("the number of stop strings", stops.size(), 0, MOST_STOPS);
    for (String stop : stops) {
      int length = stop.codePointCount(0, stop.length());
      Ranges.check("the length of a stop string", length, 1, LONGEST_STOP);
    }
  }

  /** What is to be written by this model. */
  static GenerationSettings settings(GenerateRequest message, ServedModel model) {
    int context = model.config().contextLength();
    Ranges.check("max_tokens", message.getMaxTokens(), 0, context);
    return new GenerationSettings(
        prompt(message, model.tokenizer()),
        message.getMaxTokens() == 0 ? DEFAULT_TOKENS : message.getMaxTokens(),
        message.getStopList(),
        message.hasSeed() ? message.getSeed() : ThreadLocalRandom.current().nextLong());
  }

  private static int[] prompt(GenerateRequest message, Tokenizer tokenizer) {
    return message.hasPrompt()
        ? tokenizer.encode(message.getPrompt())
        : message.getPromptIds().getIdsList().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The prompt as text, to be repeated. */
  static String echo(GenerateRequest message, GenerationSettings settings, Tokenizer tokenizer) {
    return message.hasPrompt()
        ? message.getPrompt()
        : new String(tokenizer.decode(settings.prompt()), StandardCharsets.UTF_8);
  }

  /** The sampler that was asked for. */
  static Sampler sampler(GenerateRequest message, Samplers samplers) {
    String name =
        message.getSampler().isEmpty() ? StandardSamplerFactory.NAME : message.getSampler();
    return samplers.create(
        name, name.equals(StandardSamplerFactory.NAME) ? standard(message) : other(message));
  }

  private static PluginConfig standard(GenerateRequest message) {
    if (!message.getSamplerConfig().isBlank()) {
      throw Ranges.refusal(
          "sampler_config",
          "set",
          "the sampler \"standard\" is told by temperature, top_k and top_p");
    }
    double temperature = message.hasTemperature() ? message.getTemperature() : 1;
    double topP = message.hasTopP() ? message.getTopP() : 1;
    return PluginConfig.of(new StandardSettings(temperature, message.getTopK(), topP));
  }

  private static PluginConfig other(GenerateRequest message) {
    if (message.hasTemperature() || message.hasTopP() || message.getTopK() != 0) {
      throw Ranges.refusal(
          "sampler",
          "\"" + message.getSampler() + "\"",
          "temperature, top_k and top_p are for \"standard\": set what this one knows in sampler_config");
    }
    return PluginConfig.parse(message.getSamplerConfig(), "sampler_config");
  }
}
