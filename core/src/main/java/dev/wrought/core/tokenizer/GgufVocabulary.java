package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.gguf.GgufMetadata;
import dev.wrought.core.gguf.GgufValue;
import dev.wrought.core.gguf.Numbers;
import dev.wrought.core.gguf.Texts;
import dev.wrought.core.text.CharacterMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The vocabulary of a GGUF file: BPE of a family ("gpt2", "gemma4"), SentencePiece's BPE ("llama")
 * and unigram ("t5").
 *
 * <p>Source: ggml, docs/gguf.md, section Tokenizer.
 */
final class GgufVocabulary {
  private static final String PREFIX = "tokenizer.ggml.";
  static final String MODEL = PREFIX + "model";
  static final String FAMILY = PREFIX + "pre";
  static final String TOKENS = PREFIX + "tokens";
  static final String SCORES = PREFIX + "scores";
  static final String TYPES = PREFIX + "token_type";
  static final String MERGES = PREFIX + "merges";
  static final String BEGIN_ID = PREFIX + "bos_token_id";
  static final String END_ID = PREFIX + "eos_token_id";
  static final String UNKNOWN_ID = PREFIX + "unknown_token_id";
  static final String PAD_ID = PREFIX + "padding_token_id";
  static final String ADD_BEGIN = PREFIX + "add_bos_token";
  static final String ADD_END = PREFIX + "add_eos_token";
  static final String ADD_SPACE = PREFIX + "add_space_prefix";
  static final String REMOVE_SPACES = PREFIX + "remove_extra_whitespaces";
  static final String CHARACTER_MAP = PREFIX + "precompiled_charsmap";

  static final int NORMAL = 1;
  static final int UNKNOWN = 2;
  static final int CONTROL = 3;
  static final int USER_DEFINED = 4;
  static final int UNUSED = 5;
  static final int BYTE = 6;

  private static final int NO_ID = -1;

  private final GgufMetadata metadata;
  private final Texts tokens;
  private final int[] types;

  private GgufVocabulary(GgufMetadata metadata) {
    this.metadata = metadata;
    this.tokens = metadata.texts(TOKENS);
    if (tokens.size() > TokenList.MOST_TOKENS) {
      throw damaged(TOKENS + " has more than " + TokenList.MOST_TOKENS + " tokens");
    }
    this.types = types();
  }

  /**
   * @throws WroughtException FAILED_PRECONDITION for a kind or family that is not known,
   *     CORRUPT_FILE, naming the key
   */
  static TokenizerParts read(GgufMetadata metadata) {
    GgufVocabulary vocabulary = new GgufVocabulary(metadata);
    String model = metadata.text(MODEL);
    return switch (model) {
      case "gpt2" ->
          vocabulary.bpe(metadata.find(FAMILY).isPresent() ? metadata.text(FAMILY) : "default");
      case "gemma4" -> vocabulary.bpe(model);
      case "llama" -> vocabulary.sentencePieceBpe();
      case "t5" -> vocabulary.unigram();
      default -> throw JsonSteps.unknown(MODEL + " " + model, "gpt2, gemma4, llama and t5");
    };
  }

  /** The token as it is written; one that is empty gets a name, since several may be. */
  private String token(int id) {
    String written = tokens.get(id);
    return written.isEmpty() ? "[EMPTY_" + id + "]" : written;
  }

  private int[] types() {
    if (metadata.find(TYPES).isEmpty()) {
      int[] normal = new int[tokens.size()];
      Arrays.fill(normal, NORMAL);
      return normal;
    }
    int[] types = metadata.integers(TYPES);
    checkSize(TYPES, types.length);
    return types;
  }

  private TokenizerParts bpe(String name) {
    FamilyRules family =
        GgufFamily.named(name)
            .orElseThrow(() -> JsonSteps.unknown(FAMILY + " " + name, GgufFamily.allNames()))
            .rules();
    TokenList model = new TokenList(types.length);
    for (int id = 0; id < types.length; id++) {
      if (types[id] == NORMAL || types[id] == UNUSED || types[id] == BYTE) {
        put(model, id);
      }
    }
    List<AddedToken> added = added();
    added.forEach(token -> put(model, token.id()));
    Texts texts = metadata.texts(MERGES);
    MergeReader merges = new MergeReader(texts.size());
    for (int rank = 0; rank < texts.size(); rank++) {
      merges.add(texts.bytes(rank));
    }
    Roles roles = roles(NO_ID, NO_ID, NO_ID, NO_ID);
    return new TokenizerParts(
        family.normalizer(),
        family.preTokenizers(),
        new BpeModel(model, merges.of(model), bpeRules(family, roles)),
        added,
        template(roles, family.begin(), false),
        family.byteLevel() ? Decoding.PLAIN : new Decoding(SentencePieceText.MARK, false),
        roles);
  }

  private BpeModel.Rules bpeRules(FamilyRules family, Roles roles) {
    return family.byteLevel()
        ? BpeModel.Rules.bytes(family.wholeWords())
        : new BpeModel.Rules(false, false, true, unknownToken(roles), true);
  }

  private Optional<String> unknownToken(Roles roles) {
    return roles.unknown().isPresent()
        ? Optional.of(token(roles.unknown().getAsInt()))
        : Optional.empty();
  }

  private TokenizerParts sentencePieceBpe() {
    float[] scores = scores();
    TokenList model = new TokenList(types.length);
    int[] ranks = SentencePieceRanks.of(scores);
    for (int id = 0; id < types.length; id++) {
      if (types[id] != CONTROL) {
        put(model, id);
      }
      if (types[id] == BYTE || types[id] == UNKNOWN) {
        ranks[id] = RankedMerges.NEVER_MERGED;
      }
    }
    Roles roles = roles(1, 2, NO_ID, 0);
    Optional<String> unknown =
        unknownToken(roles).filter(token -> model.find(token) != TokenList.NONE);
    BpeModel.Rules rules = new BpeModel.Rules(false, false, true, unknown, true);
    SentencePieceText text =
        new SentencePieceText(Optional.empty(), false, flag(ADD_SPACE, true), false);
    return new TokenizerParts(
        text.normalizer(),
        List.of(),
        new BpeModel(model, new RankedMerges(model, id -> ranks[id]), rules),
        added(),
        template(roles, true, false),
        text.decoding(),
        roles);
  }

  private TokenizerParts unigram() {
    float[] scores = scores();
    List<UnigramModel.Piece> pieces = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      boolean matched = types[id] == NORMAL || types[id] == USER_DEFINED || types[id] == UNUSED;
      double score = types[id] == USER_DEFINED ? 0 : scores[id];
      pieces.add(new UnigramModel.Piece(token(id), score, matched));
    }
    Roles roles = roles(NO_ID, 1, 0, 2);
    boolean bytes = Arrays.stream(types).anyMatch(type -> type == BYTE);
    SentencePieceText text =
        new SentencePieceText(
            characterMap(), flag(REMOVE_SPACES, false), flag(ADD_SPACE, true), false);
    int unknown = roles.unknown().orElseThrow(() -> damaged("there is no " + UNKNOWN_ID));
    return new TokenizerParts(
        text.normalizer(),
        List.of(),
        new UnigramModel(pieces, new UnigramModel.Rules(unknown, bytes, false)),
        added(),
        template(roles, false, true),
        text.decoding(),
        roles);
  }

  /** Tokens that are looked for before the model sees the text. */
  private List<AddedToken> added() {
    GgufTokenRules rules = GgufTokenRules.of(metadata);
    List<AddedToken> added = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      boolean special = types[id] == UNKNOWN || types[id] == CONTROL;
      if (special || types[id] == USER_DEFINED) {
        added.add(new AddedToken(id, token(id), special, rules.of(token(id))));
      } else if (types[id] < NORMAL || types[id] > BYTE) {
        throw damaged(
            "token %d, '%s', has the type %d in %s; 1 to 6 are possible"
                .formatted(id, token(id), types[id], TYPES));
      }
    }
    return added;
  }

  private void put(TokenList model, int id) {
    byte[] utf8 = tokens.bytes(id);
    int earlier = utf8.length == 0 ? model.add(id, token(id)) : model.add(id, utf8, 0, utf8.length);
    if (earlier != TokenList.NONE) {
      throw damaged("tokens %d and %d are both '%s'".formatted(earlier, id, token(id)));
    }
  }

  private float[] scores() {
    float[] scores = metadata.floats(SCORES);
    checkSize(SCORES, scores.length);
    return scores;
  }

  private Optional<CharacterMap> characterMap() {
    if (metadata.find(CHARACTER_MAP).isEmpty()) {
      return Optional.empty();
    }
    Numbers numbers = metadata.numbers(CHARACTER_MAP);
    byte[] table = new byte[numbers.size()];
    for (int at = 0; at < table.length; at++) {
      table[at] = (byte) numbers.integer(at);
    }
    return Optional.of(new CharacterMap(table));
  }

  /** As the file says, else the ids that are usual for its kind of vocabulary. */
  private Roles roles(int begin, int end, int pad, int unknown) {
    return new Roles(
        id(BEGIN_ID, begin), id(END_ID, end), id(PAD_ID, pad), id(UNKNOWN_ID, unknown));
  }

  private OptionalInt id(String key, int usual) {
    Optional<GgufValue> value = metadata.find(key);
    if (value.isPresent()) {
      return OptionalInt.of(metadata.integer(key, 0, tokens.size() - 1));
    }
    boolean there =
        usual != NO_ID
            && usual < types.length
            && (types[usual] == CONTROL || types[usual] == UNKNOWN);
    return there ? OptionalInt.of(usual) : OptionalInt.empty();
  }

  private Template template(Roles roles, boolean addBegin, boolean addEnd) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    if (flag(ADD_BEGIN, addBegin)) {
      roles.begin().ifPresent(before::add);
    }
    if (flag(ADD_END, addEnd)) {
      roles.end().ifPresent(after::add);
    }
    return new Template(before, after);
  }

  private boolean flag(String key, boolean otherwise) {
    return metadata.find(key).isEmpty() ? otherwise : metadata.bool(key);
  }

  private void checkSize(String key, int size) {
    if (size != tokens.size()) {
      throw damaged(
          "%s has %d entries and %s has %d; both are by id"
              .formatted(key, size, TOKENS, tokens.size()));
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
