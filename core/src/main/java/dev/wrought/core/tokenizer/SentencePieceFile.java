package dev.wrought.core.tokenizer;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.CharacterMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * SentencePiece's {@code .model}: a protocol buffer with the pieces, and what training and the
 * normalizer were told. BPE, unigram and character models are read.
 *
 * <p>Source: SentencePiece, sentencepiece_model.proto.
 */
final class SentencePieceFile {
  private static final int UNIGRAM = 1;
  private static final int BPE = 2;
  private static final int CHARACTERS = 4;

  private record Piece(String text, float score, int type) {}

  private final List<Piece> pieces = new ArrayList<>();
  private int model = UNIGRAM;
  private boolean byteFallback;
  private int unknownId;
  private int beginId = 1;
  private int endId = 2;
  private int padId = -1;
  private byte[] characterMap = {};
  private boolean addSpace = true;
  private boolean removeSpaces = true;
  private boolean escapeSpaces = true;

  private SentencePieceFile() {}

  /**
   * @throws WroughtException CORRUPT_FILE; FAILED_PRECONDITION for a model of words
   */
  static TokenizerParts parse(byte[] file) {
    try {
      SentencePieceFile parsed = new SentencePieceFile();
      parsed.readModel(CodedInputStream.newInstance(file));
      return parsed.parts();
    } catch (IOException damaged) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "it is not a SentencePiece model: " + damaged.getMessage(),
          damaged);
    }
  }

  /** Takes the fields of a message; those not taken are skipped. */
  private interface Fields {
    boolean take(int number, CodedInputStream in) throws IOException;
  }

  private static void readFields(CodedInputStream in, Fields fields) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!fields.take(WireFormat.getTagFieldNumber(tag), in)) {
        in.skipField(tag);
      }
    }
  }

  private static void readMessage(CodedInputStream in, Fields fields) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    readFields(in, fields);
    in.popLimit(outer);
  }

  private void readModel(CodedInputStream file) throws IOException {
    readFields(
        file,
        (number, in) -> {
          switch (number) {
            case 1 -> readPiece(in);
            case 2 -> readMessage(in, this::takeTraining);
            case 3 -> readMessage(in, this::takeNormalizer);
            default -> {
              return false;
            }
          }
          return true;
        });
  }

  private void readPiece(CodedInputStream file) throws IOException {
    String[] text = {""};
    float[] score = {0};
    int[] type = {GgufVocabulary.NORMAL};
    readMessage(
        file,
        (number, in) -> {
          switch (number) {
            case 1 -> text[0] = in.readStringRequireUtf8();
            case 2 -> score[0] = in.readFloat();
            case 3 -> type[0] = in.readEnum();
            default -> {
              return false;
            }
          }
          return true;
        });
    pieces.add(new Piece(text[0], score[0], type[0]));
    if (pieces.size() > TokenList.MOST_TOKENS) {
      throw damaged("it has more than " + TokenList.MOST_TOKENS + " pieces");
    }
  }

  private boolean takeTraining(int number, CodedInputStream in) throws IOException {
    switch (number) {
      case 3 -> model = in.readEnum();
      case 35 -> byteFallback = in.readBool();
      case 40 -> unknownId = in.readInt32();
      case 41 -> beginId = in.readInt32();
      case 42 -> endId = in.readInt32();
      case 43 -> padId = in.readInt32();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean takeNormalizer(int number, CodedInputStream in) throws IOException {
    switch (number) {
      case 2 -> characterMap = in.readByteArray();
      case 3 -> addSpace = in.readBool();
      case 4 -> removeSpaces = in.readBool();
      case 5 -> escapeSpaces = in.readBool();
      default -> {
        return false;
      }
    }
    return true;
  }

  private TokenizerParts parts() {
    if (pieces.isEmpty()) {
      throw damaged("it has no pieces");
    }
    if (!escapeSpaces) {
      throw JsonSteps.unknown("a SentencePiece model without marks for spaces", "one with them");
    }
    Optional<CharacterMap> table =
        characterMap.length == 0 ? Optional.empty() : Optional.of(new CharacterMap(characterMap));
    Roles roles = new Roles(id(beginId), id(endId), id(padId), id(unknownId));
    SentencePieceText text = new SentencePieceText(table, removeSpaces, addSpace, true);
    return new TokenizerParts(
        text.normalizer(),
        List.of(),
        switch (model) {
          case UNIGRAM -> unigram();
          case BPE, CHARACTERS -> bpe(roles);
          default ->
              throw JsonSteps.unknown(
                  "a SentencePiece model of type " + model, "unigram, BPE and characters");
        },
        added(),
        Template.NONE,
        text.decoding(),
        roles);
  }

  private Model unigram() {
    return new UnigramModel(
        pieces.stream()
            .map(piece -> new UnigramModel.Piece(piece.text(), piece.score(), isText(piece)))
            .toList(),
        new UnigramModel.Rules(unknownId, byteFallback, true));
  }

  private Model bpe(Roles roles) {
    float[] scores = new float[pieces.size()];
    for (int id = 0; id < scores.length; id++) {
      scores[id] = pieces.get(id).score();
    }
    int[] ranks = SentencePieceRanks.of(scores);
    TokenList tokens = new TokenList(scores.length);
    for (int id = 0; id < scores.length; id++) {
      Piece piece = pieces.get(id);
      if (piece.type() != GgufVocabulary.CONTROL
          && tokens.add(id, piece.text()) != TokenList.NONE) {
        throw damaged("the piece '" + piece.text() + "' is there twice");
      }
      ranks[id] = isText(piece) && model == BPE ? ranks[id] : RankedMerges.NEVER_MERGED;
    }
    Optional<String> unknown =
        roles.unknown().isPresent()
            ? Optional.of(pieces.get(roles.unknown().getAsInt()).text())
            : Optional.empty();
    return new BpeModel(
        tokens,
        new RankedMerges(tokens, id -> ranks[id]),
        new BpeModel.Rules(false, false, byteFallback, unknown, true));
  }

  private static boolean isText(Piece piece) {
    return piece.type() == GgufVocabulary.NORMAL
        || piece.type() == GgufVocabulary.USER_DEFINED
        || piece.type() == GgufVocabulary.UNUSED;
  }

  private List<AddedToken> added() {
    List<AddedToken> added = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      if (piece.type() == GgufVocabulary.CONTROL || piece.type() == GgufVocabulary.UNKNOWN) {
        added.add(AddedToken.special(id, piece.text()));
      } else if (piece.type() == GgufVocabulary.USER_DEFINED) {
        added.add(new AddedToken(id, piece.text(), false, AddedToken.Rules.IN_NORMALIZED));
      }
    }
    return added;
  }

  /** Of a piece that has a role; negative: none has it. */
  private OptionalInt id(int id) {
    if (id >= pieces.size()) {
      throw damaged(
          "piece %d is to begin, end or fill up texts, or to stand for what is not known; ids are 0 to %d"
              .formatted(id, pieces.size() - 1));
    }
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
