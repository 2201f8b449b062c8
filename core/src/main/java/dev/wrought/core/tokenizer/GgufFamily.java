package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Normalizer;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.SplitBehavior;
import dev.wrought.core.text.WordPattern;
import dev.wrought.core.tokenizer.PreTokenizer.Cut;
import dev.wrought.core.tokenizer.PreTokenizer.CutWritten;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The families of BPE as GGUF files name them ({@code tokenizer.ggml.pre}), and what each does to
 * text; the files themselves do not say that. Where llama.cpp's rules are an approximation of a
 * family's own, such as without its normalizer, the family's own are here.
 *
 * <p>Source: the families' own {@code tokenizer.json}; the names are llama.cpp's.
 */
enum GgufFamily {
  GPT2(
      FamilyRules.bytes(Split.gpt2()),
      "gpt-2",
      "phi-2",
      "jais",
      "trillion",
      "granite-docling",
      "exaone4",
      "gigachat",
      "mellum",
      "jina-es",
      "jina-de",
      "jina-v2-es",
      "jina-v2-de",
      "jina-v1-en",
      "jina-v2-code",
      "roberta-bpe",
      "a.x-4.0"),
  NEOX(FamilyRules.bytes(Split.gpt2()).composed(), "olmo", "mpt", "modern-bert"),
  LLAMA3(
      FamilyRules.bytes(Split.cl100k()).withWholeWords().withBegin(),
      "llama3",
      "llama-v3",
      "llama-bpe",
      "falcon3",
      "falcon-h1",
      "pixtral",
      "midm-2.0",
      "lfm2",
      "jina-v5-nano"),
  CL100K(FamilyRules.bytes(Split.cl100k()), "dbrx", "smaug-bpe", "glm4", "chatglm-bpe"),
  QWEN2(
      FamilyRules.bytes(Split.qwen2()).composed(),
      "qwen2",
      "stablelm2",
      "deepseek-r1-qwen",
      "f2llmv2",
      "hunyuan"),
  QWEN2_AS_IT_IS(FamilyRules.bytes(Split.qwen2()), "megrez", "kormo", "solar-open", "grok-2"),
  QWEN35(
      FamilyRules.bytes(
              Split.isolated(
                  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
                      + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"))
          .composed(),
      "qwen35"),
  UFAKZEKA(
      FamilyRules.bytes(
          Split.isolated(
              "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                  + FamilyPatterns.SPACES)),
      "ufakzeka"),
  LAGUNA(FamilyRules.bytes(Split.isolated("[^\\n]+|[\\n]+"), Split.qwen2()), "laguna"),
  O200K(FamilyRules.bytes(Split.o200k()), "gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"),
  GRANITE(FamilyRules.bytes(Split.o200k()).withWholeWords(), "granite-embed-multi-97m"),
  TINY_AYA(
      FamilyRules.bytes(Split.isolated("\\d{1,3}(?=(?:\\d{3})*\\b)"), Split.o200k()),
      "tiny_aya",
      "cohere2moe"),
  YOUTU(
      FamilyRules.bytes(
              Split.isolated("[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥぀-ゟ゠-ヿ]+"),
              Split.isolated(
                  FamilyPatterns.CASED_WORDS_AND_ENDINGS + "|\\p{N}" + FamilyPatterns.CASED_REST))
          .withWholeWords(),
      "youtu"),
  TEKKEN(
      FamilyRules.bytes(
              Split.isolated(
                  FamilyPatterns.CASED_WORDS.formatted("", "")
                      + "|\\p{N}"
                      + FamilyPatterns.CASED_REST))
          .withWholeWords()
          .withBegin(),
      "tekken"),
  KIMI(
      FamilyRules.bytes(
          Split.isolated(
              "[\\p{Han}]+|"
                  + FamilyPatterns.CASED_WORDS_AND_ENDINGS.replace(
                      "\\p{M}]", "\\p{M}&&[^\\p{Han}]]")
                  + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                  + FamilyPatterns.SPACES)),
      "kimi-k2"),
  STARCODER(
      FamilyRules.bytes(Split.isolated("\\p{N}"), Split.gpt2()),
      "starcoder",
      "refact",
      "smollm",
      "codeshell",
      "exaone",
      "minerva-7b",
      "mellum2"),
  COMMAND_R(FamilyRules.bytes(Split.isolated("\\p{N}"), Split.gpt2()).composed(), "command-r"),
  CHAMELEON(
      FamilyRules.bytes(
              Split.isolated("<sentinel:[0-9]+>"),
              Split.isolated("(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z"),
              Split.isolated("([\\t\\n]|    |  )"),
              Split.isolated("\\p{N}"),
              Split.isolated(Split.PUNCTUATION),
              Split.gpt2())
          .withBegin(),
      "chameleon"),
  FALCON(
      FamilyRules.bytes(
          new Cut(new Split(Split.PUNCTUATION, SplitBehavior.CONTIGUOUS, false)),
          new Cut(Split.gpt2()),
          new CutWritten(new Split("\\p{N}", SplitBehavior.CONTIGUOUS, false)),
          new CutWritten(Split.isolated("[0-9][0-9][0-9]"))),
      "falcon"),
  DEEPSEEK_LLM(
      FamilyRules.bytes(
          Split.isolated("[\\r\\n]"),
          Split.isolated(FamilyPatterns.DEEPSEEK_LETTERS),
          Split.isolated("\\s?[!-/:-~！-／：-～‘-‟\u3000-。]+"),
          Split.isolated("\\s+$"),
          Split.isolated("[一-龥ࠀ-一가-\uD7FF]+"),
          Split.isolated("\\p{N}")),
      "deepseek-llm"),
  DEEPSEEK_CODER(
      FamilyRules.bytes(
          Split.isolated("[\\r\\n]"),
          Split.isolated("\\s?\\p{L}+"),
          Split.isolated("\\s?\\p{P}+"),
          Split.isolated("[一-龥ࠀ-一가-\uD7FF]+"),
          Split.isolated("\\p{N}")),
      "deepseek-coder"),
  DEEPSEEK_V3(
      FamilyRules.bytes(
          Split.isolated("\\p{N}{1,3}"),
          Split.isolated("[一-龥぀-ゟ゠-ヿ]+"),
          Split.isolated(
              FamilyPatterns.DEEPSEEK_V3_WORDS
                  + "| ?[\\p{P}\\p{S}]+[\\r\\n]*"
                  + FamilyPatterns.SPACES)),
      "deepseek-v3",
      "hunyuan-dense",
      "joyai-llm",
      "hy_v4"),
  SPARK(
      FamilyRules.bytes(
          Split.isolated("\\p{N}{1,3}"),
          Split.isolated("[一-龥぀-ゟ゠-ヿ]+"),
          Split.isolated(
              FamilyPatterns.DEEPSEEK_V3_WORDS + "| ?[\\p{P}\\p{S}]+|[\\r\\n]|\\s+(?!\\S)|\\s+"),
          Split.isolated("\\p{N}")),
      "spark2_5"),
  AFMOE(
      FamilyRules.bytes(
          Split.isolated("\\p{N}{1,3}(?=(?:\\p{N}{3})*(?!\\p{N}))"),
          Split.isolated(
              "[一-鿿㐀-䶿\uF900-\uFAFF぀-ゟ゠-ヿ･-ﾟ⼀-\u2FDFเ-\u0E7F\u0E80-\u0EFFក-\u17FFက-႟"
                  + "ꩠ-ꩿꧠ-\uA9FF가-\uD7AFᄀ-ᇿ]+"),
          Split.isolated(
              FamilyPatterns.DEEPSEEK_V3_WORDS
                  + "| ?[\\p{P}\\p{S}]+[\\r\\n]*"
                  + FamilyPatterns.SPACES)),
      "afmoe"),
  SUPERBPE(
      FamilyRules.bytes(Split.isolated("\\p{N}+"), Split.isolated("(?=(\\d{3})+(?!\\d))")),
      "superbpe"),
  BLOOM(
      FamilyRules.bytes(Split.isolated(FamilyPatterns.BLOOM_WORDS)),
      "bloom",
      "poro-chat",
      "gpt3-finnish"),
  VIKING(
      FamilyRules.bytes(Split.isolated(FamilyPatterns.BLOOM_WORDS), Split.isolated("\\p{N}")),
      "viking"),
  JAIS2(FamilyRules.bytes(Split.isolated(WordPattern.JAIS2.pattern())), "jais-2"),
  MINICPM5(
      FamilyRules.bytes(
              Split.isolated("\\p{N}{1,3}"),
              Split.isolated(
                  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}+"
                      + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                      + FamilyPatterns.SPACES))
          .withWholeWords(),
      "minicpm5"),
  BAILING(
      FamilyRules.bytes(
          Split.isolated(
              "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}"
                  + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+")),
      "bailingmoe",
      "bailingmoe2",
      "llada-moe"),
  EXAONE_MOE(
      FamilyRules.bytes(
          Split.isolated(
              "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+"
                  + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+")),
      "exaone-moe"),
  SEED_CODER(
      FamilyRules.bytes(
          Split.isolated(
              "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1}"
                  + "| ?[^\\s\\p{L}\\p{N}\\r\\n]+"
                  + FamilyPatterns.SPACES)),
      "seed-coder"),

  /** Characters, of which spaces are marked, and bytes for those without token. */
  GEMMA4(FamilyRules.marked().withBegin(), "gemma4", "granite-embed-multi-311m"),
  SARVAM(FamilyRules.marked(), "sarvam-moe"),

  /** What llama.cpp does with files that name no family. */
  DEFAULT(
      FamilyRules.bytes(
          Split.isolated("[\\p{P}$+<=>^~|]+"),
          Split.gpt2(),
          Split.isolated("\\p{N}+"),
          Split.isolated("[0-9][0-9][0-9]")),
      "default");

  private final FamilyRules rules;
  private final List<String> names;

  GgufFamily(FamilyRules rules, String... names) {
    this.rules = rules;
    this.names = List.of(names);
  }

  static Optional<GgufFamily> named(String name) {
    return Arrays.stream(values()).filter(family -> family.names.contains(name)).findFirst();
  }

  /** The first name of a family of bytes that does the same to text. */
  static Optional<String> nameOf(
      Normalizer normalizer, List<PreTokenizer> preTokenizers, boolean wholeWords) {
    return Arrays.stream(values())
        .filter(family -> family.rules.isSame(normalizer, preTokenizers, wholeWords))
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

  List<String> names() {
    return names;
  }

  FamilyRules rules() {
    return rules;
  }
}
