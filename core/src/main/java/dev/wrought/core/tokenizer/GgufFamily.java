package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The families of byte-level BPE as GGUF files name them ({@code tokenizer.ggml.pre}), and how each
 * cuts text; the files themselves do not say that.
 *
 * <p>Source: the families' own {@code tokenizer.json}; the names are llama.cpp's.
 */
enum GgufFamily {
  GPT2(
      List.of(Split.gpt2()),
      "gpt-2",
      "phi-2",
      "mpt",
      "olmo",
      "jais",
      "trillion",
      "granite-docling",
      "exaone4",
      "gigachat",
      "mellum",
      "modern-bert",
      "jina-es",
      "jina-de",
      "jina-v2-es",
      "jina-v2-de",
      "a.x-4.0"),
  LLAMA3(
      true,
      true,
      List.of(Split.cl100k()),
      "llama3",
      "llama-v3",
      "llama-bpe",
      "falcon3",
      "falcon-h1",
      "pixtral",
      "midm-2.0",
      "lfm2",
      "jina-v5-nano"),
  CL100K(List.of(Split.cl100k()), "dbrx", "smaug-bpe", "glm4", "chatglm-bpe"),
  QWEN2(
      List.of(Split.qwen2()),
      "qwen2",
      "stablelm2",
      "deepseek-r1-qwen",
      "kormo",
      "f2llmv2",
      "megrez",
      "hunyuan",
      "solar-open",
      "grok-2"),
  QWEN35(
      List.of(
          Split.isolated(
              "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
                  + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")),
      "qwen35"),
  O200K(List.of(Split.o200k()), "gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"),
  TEKKEN(
      true,
      true,
      List.of(
          Split.isolated(
              "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                  + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                  + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")),
      "tekken"),
  STARCODER(
      List.of(Split.isolated("\\p{N}"), Split.gpt2()),
      "starcoder",
      "refact",
      "command-r",
      "smollm",
      "codeshell",
      "exaone",
      "minerva-7b",
      "mellum2"),
  FALCON(
      List.of(
          Split.isolated("[\\p{P}$+<=>^~|`]+"), Split.gpt2(), Split.isolated("[0-9][0-9][0-9]")),
      "falcon"),
  DEEPSEEK_LLM(
      List.of(
          Split.isolated("[\\r\\n]"),
          Split.isolated(Patterns.DEEPSEEK_LETTERS),
          Split.isolated("\\s?[!-/:-~！-／：-～‘-‟\u3000-。]+"),
          Split.isolated("\\s+$"),
          Split.isolated("[一-龥ࠀ-一가-\uD7FF]+"),
          Split.isolated("\\p{N}+")),
      "deepseek-llm"),
  DEEPSEEK_CODER(
      List.of(
          Split.isolated("[\\r\\n]"),
          Split.isolated("\\s?\\p{L}+"),
          Split.isolated("\\s?\\p{P}+"),
          Split.isolated("[一-龥ࠀ-一가-\uD7FF]+"),
          Split.isolated("\\p{N}")),
      "deepseek-coder"),
  DEEPSEEK_V3(
      List.of(
          Split.isolated("\\p{N}{1,3}"),
          Split.isolated("[一-龥぀-ゟ゠-ヿ]+"),
          Split.isolated(Patterns.DEEPSEEK_V3_WORDS)),
      "deepseek-v3",
      "hunyuan-dense",
      "joyai-llm",
      "hy_v4"),
  BLOOM(List.of(Split.isolated(Patterns.BLOOM_WORDS)), "bloom", "poro-chat", "gpt3-finnish"),
  VIKING(List.of(Split.isolated(Patterns.BLOOM_WORDS), Split.isolated("\\p{N}")), "viking"),
  BAILING(
      List.of(
          Split.isolated(
              "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}"
                  + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+")),
      "bailingmoe",
      "bailingmoe2",
      "llada-moe"),
  SEED_CODER(
      List.of(
          Split.isolated(
              "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1}"
                  + "| ?[^\\s\\p{L}\\p{N}\\r\\n]+|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")),
      "seed-coder"),

  /** What llama.cpp does with files that name no family. */
  DEFAULT(
      List.of(
          Split.isolated("[\\p{P}$+<=>^~|]+"),
          Split.gpt2(),
          Split.isolated("\\p{N}+"),
          Split.isolated("[0-9][0-9][0-9]")),
      "default");

  private static final class Patterns {
    static final String DEEPSEEK_LETTERS =
        "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿ"
            + "ᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹ"
            + "ℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+";
    static final String DEEPSEEK_V3_WORDS =
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
            + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    static final String BLOOM_WORDS = " ?[^(\\s|.,!?…。，、।۔،)]+";
  }

  private final boolean wholeWords;
  private final boolean addBegin;
  private final List<Split> splits;
  private final List<String> names;

  GgufFamily(List<Split> splits, String... names) {
    this(false, false, splits, names);
  }

  /**
   * @param wholeWords a word that is a token becomes that, whatever the merges say
   * @param addBegin texts get the beginning of a sequence where the file does not say otherwise
   */
  GgufFamily(boolean wholeWords, boolean addBegin, List<Split> splits, String... names) {
    this.wholeWords = wholeWords;
    this.addBegin = addBegin;
    this.splits = splits;
    this.names = List.of(names);
  }

  static Optional<GgufFamily> named(String name) {
    return Arrays.stream(values()).filter(family -> family.names.contains(name)).findFirst();
  }

  /** The first name of a family that cuts so. */
  static Optional<String> nameOf(List<Split> splits, boolean wholeWords) {
    return Arrays.stream(values())
        .filter(family -> family.splits.equals(splits) && family.wholeWords == wholeWords)
        .map(family -> family.names.getFirst())
        .findFirst();
  }

  /** For messages. */
  static String allNames() {
    return Arrays.stream(values())
        .flatMap(family -> family.names.stream())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  List<Split> splits() {
    return splits;
  }

  boolean wholeWords() {
    return wholeWords;
  }

  boolean addBegin() {
    return addBegin;
  }
}
