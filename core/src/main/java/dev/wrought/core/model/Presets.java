package dev.wrought.core.model;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The published models by name. A family's bare name ({@code gpt2}, {@code llama}) is a small
 * member of it, meant to be resized by a recipe.
 *
 * <p>Sources: Radford et al. 2019; Brown et al. 2020, table 2.1; Touvron et al. 2023, table 2;
 * Llama 3's config.json. Where GPT-3's table contradicts itself (heads times head width is not the
 * width), the width is kept, because it decides the parameters: 1.3b has 16 heads of 128 and 13b
 * has 20 of 257.
 */
public final class Presets {

  private static final int GPT_VOCABULARY = 50_257;
  private static final Map<String, Preset> BY_NAME = new LinkedHashMap<>();

  static {
    gpt("gpt2", 1024, 6, 384, 6);
    gpt("gpt2-124m", 1024, 12, 768, 12);
    gpt("gpt2-355m", 1024, 24, 1024, 16);
    gpt("gpt2-774m", 1024, 36, 1280, 20);
    gpt("gpt2-1558m", 1024, 48, 1600, 25);
    gpt("gpt3-125m", 2048, 12, 768, 12);
    gpt("gpt3-350m", 2048, 24, 1024, 16);
    gpt("gpt3-760m", 2048, 24, 1536, 16);
    gpt("gpt3-1.3b", 2048, 24, 2048, 16);
    gpt("gpt3-2.7b", 2048, 32, 2560, 32);
    gpt("gpt3-6.7b", 2048, 32, 4096, 32);
    gpt("gpt3-13b", 2048, 40, 5140, 20);
    gpt("gpt3-175b", 2048, 96, 12_288, 96);
    llama("llama", new ModelShape(32_000, 1024, 6, 384, 6, 6, 1024), true, 10_000);
    llama("llama-7b", new ModelShape(32_000, 2048, 32, 4096, 32, 32, 11_008), false, 10_000);
    llama("llama-13b", new ModelShape(32_000, 2048, 40, 5120, 40, 40, 13_824), false, 10_000);
    llama("llama-33b", new ModelShape(32_000, 2048, 60, 6656, 52, 52, 17_920), false, 10_000);
    llama("llama-65b", new ModelShape(32_000, 2048, 80, 8192, 64, 64, 22_016), false, 10_000);
    llama("llama3-8b", new ModelShape(128_256, 8192, 32, 4096, 32, 8, 14_336), false, 500_000);
  }

  private Presets() {}

  /** All names, families first to last by size. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.keySet());
  }

  /**
   * The preset with this name.
   *
   * @throws WroughtException NOT_FOUND, listing the known
   */
  public static Preset named(String name) {
    Preset preset = BY_NAME.get(name);
    if (preset == null) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "there is no model preset \"%s\"; known are %s"
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return preset;
  }

  private static void gpt(String name, int context, int layers, int width, int heads) {
    ModelShape shape =
        new ModelShape(GPT_VOCABULARY, context, layers, width, heads, heads, 4 * width);
    add(new Preset(name, Family.GPT2, shape, true, 0));
  }

  private static void llama(String name, ModelShape shape, boolean tied, double theta) {
    add(new Preset(name, Family.LLAMA, shape, tied, theta));
  }

  private static void add(Preset preset) {
    BY_NAME.put(preset.name(), preset);
  }
}
