package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import dev.wrought.core.text.TinyCharacterMap;
import java.util.List;
import java.util.Set;

/** SentencePiece's .model. */
public final class SentencePieceFileFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new SentencePieceFileFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedTokenizer.use(new Tokenizer(SentencePieceFile.parse(input)));
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.CORRUPT_FILE, ErrorCode.FAILED_PRECONDITION);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        TinySentencePiece.bytes(TinySentencePiece.UNIGRAM, new byte[0]),
        TinySentencePiece.bytes(TinySentencePiece.UNIGRAM, TinyCharacterMap.file()),
        TinySentencePiece.bytes(TinySentencePiece.BPE, new byte[0]),
        TinySentencePiece.bytes(TinySentencePiece.CHARACTERS, new byte[0]),
        TinySentencePiece.bytes(TinySentencePiece.BPE));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "\n\u0005\n\u0003", // a piece and its text
        "\u0015\0\0\u0080\u007F", // its score, infinite
        "\u0018\u0002",
        "\u0018\u0004",
        "\u0018\u0006",
        "\u0012\u0004", // training
        "\u0018\u0002\u0098\u0002\u0001", // BPE, with bytes
        "\u00C0\u0002\u0005", // the unknown token
        "\u001A\u0002",
        "\u0020\0",
        "\u0018\0",
        "<0xE2>",
        "\u00E2\u0096\u0081");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/core/tokenizer/SentencePiece*.java",
        "dev/wrought/core/tokenizer/{BpeModel,UnigramModel,TokenList,TokenizerParts,PieceTrie}.java");
  }
}
