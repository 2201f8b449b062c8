package dev.wrought.core.tokenizer;

import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.MetadataType;
import dev.wrought.core.gguf.Numbers;
import dev.wrought.core.gguf.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** The metadata by which a GGUF file carries a tokenizer; {@link GgufVocabulary} reads it. */
final class GgufVocabularyWriter {
  private final TokenizerParts parts;
  private final Vocabulary vocabulary;
  private final SequencedMap<String, GgufValue> values = new LinkedHashMap<>();

  private GgufVocabularyWriter(TokenizerParts parts) {
    this.parts = parts;
    this.vocabulary = parts.vocabulary();
  }

  /**
   * @throws dev.wrought.core.error.WroughtException FAILED_PRECONDITION for what the format cannot
   *     say: a family without a name, a normalizer of another kind, or merges of characters that do
   *     not follow from the tokens
   */
  static GgufMetadata metadata(TokenizerParts parts) {
    GgufVocabularyWriter writer = new GgufVocabularyWriter(parts);
    writer.write();
    GgufMetadata metadata = GgufMetadata.of(writer.values);
    if (parts.model() instanceof BpeModel bpe && !bpe.rules().byteLevel()) {
      checkMerges(bpe, metadata);
    }
    return metadata;
  }

  /** For characters the format has scores, from which merges follow, and not the merges. */
  private static void checkMerges(BpeModel model, GgufMetadata written) {
    boolean same =
        GgufVocabulary.read(written).model() instanceof BpeModel read && model.mergesAs(read);
    if (!same) {
      throw JsonSteps.unknown(
          "a model of characters whose merges do not follow from its tokens, in GGUF,",
          "one whose neighbours merge wherever they make a token");
    }
  }

  private void write() {
    switch (parts.model()) {
      case BpeModel bpe when bpe.rules().byteLevel() -> writeByteLevel(bpe);
      case BpeModel bpe -> writeSentencePiece("llama", scores(bpe));
      case UnigramModel unigram -> writeSentencePiece("t5", scores(unigram));
    }
    putId(GgufVocabulary.BEGIN_ID, parts.roles().begin());
    putId(GgufVocabulary.END_ID, parts.roles().end());
    putId(GgufVocabulary.UNKNOWN_ID, unknown());
    putId(GgufVocabulary.PAD_ID, parts.roles().pad());
    put(GgufVocabulary.ADD_BEGIN, !parts.template().before().isEmpty());
    put(GgufVocabulary.ADD_END, !parts.template().after().isEmpty());
  }

  private void writeByteLevel(BpeModel model) {
    values.put(GgufVocabulary.MODEL, new GgufValue.Text("gpt2"));
    values.put(
        GgufVocabulary.FAMILY,
        new GgufValue.Text(
            GgufFamily.nameOf(parts.normalizer(), parts.preTokenizers(), model.rules().wholeWords())
                .orElseThrow(() ->
                    JsonSteps.unknown(
                        "this way to normalize and cut text in GGUF", GgufFamily.allNames()))));
    writeTokens();
    List<String> merges = new ArrayList<>();
    for (int merge = 0; merge < model.merges(); merge++) {
      merges.add(model.leftOf(merge) + " " + model.rightOf(merge));
    }
    values.put(GgufVocabulary.MERGES, Texts.of(merges));
  }

  private void writeSentencePiece(String name, float[] scores) {
    values.put(GgufVocabulary.MODEL, new GgufValue.Text(name));
    writeTokens();
    values.put(GgufVocabulary.SCORES, Numbers.ofFloats(scores));
    SentencePieceText text = SentencePieceText.of(parts);
    text.table().ifPresent(table -> values.put(GgufVocabulary.CHARACTER_MAP, bytes(table.file())));
    put(GgufVocabulary.ADD_SPACE, text.addSpace());
    put(GgufVocabulary.REMOVE_SPACES, text.removeSpaces());
  }

  private void writeTokens() {
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      tokens.add(vocabulary.written(id));
    }
    values.put(GgufVocabulary.TOKENS, Texts.of(tokens));
    values.put(GgufVocabulary.TYPES, Numbers.ofIntegers(MetadataType.INT32, types()));
  }

  private long[] types() {
    long[] types = new long[vocabulary.size()];
    Arrays.fill(types, GgufVocabulary.NORMAL);
    boolean bytes =
        switch (parts.model()) {
          case BpeModel bpe -> bpe.rules().byteFallback();
          case UnigramModel unigram -> unigram.rules().byteFallback();
        };
    for (int id = 0; id < types.length && bytes; id++) {
      if (ByteFallback.read(vocabulary.written(id)).isPresent()) {
        types[id] = GgufVocabulary.BYTE;
      }
    }
    for (AddedToken token : parts.added()) {
      types[token.id()] = token.special() ? GgufVocabulary.CONTROL : GgufVocabulary.USER_DEFINED;
    }
    unknown().ifPresent(id -> types[id] = GgufVocabulary.UNKNOWN);
    return types;
  }

  private OptionalInt unknown() {
    return parts.model() instanceof UnigramModel unigram
        ? OptionalInt.of(unigram.rules().unknownId())
        : parts.roles().unknown();
  }

  /** Of a token that merges come to, less the later they do. */
  private float[] scores(BpeModel model) {
    float[] scores = new float[vocabulary.size()];
    Arrays.fill(scores, -model.merges());
    for (int merge = model.merges() - 1; merge >= 0; merge--) {
      scores[model.resultOf(merge)] = -model.rankOf(merge);
    }
    return scores;
  }

  private float[] scores(UnigramModel model) {
    float[] scores = new float[vocabulary.size()];
    for (int id = 0; id < model.pieces().size(); id++) {
      scores[id] = (float) model.score(id);
    }
    return scores;
  }

  private void put(String key, boolean value) {
    values.put(key, new GgufValue.Bool(value));
  }

  private void putId(String key, OptionalInt id) {
    id.ifPresent(value -> values.put(key, new GgufValue.Int(MetadataType.UINT32, value)));
  }

  private static Numbers bytes(byte[] table) {
    long[] values = new long[table.length];
    for (int at = 0; at < table.length; at++) {
      values[at] = table[at];
    }
    return Numbers.ofIntegers(MetadataType.INT8, values);
  }
}
