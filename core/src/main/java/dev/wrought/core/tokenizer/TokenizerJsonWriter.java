package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Renders {@code tokenizer.json} as Hugging Face's library does, and always in the same bytes. */
final class TokenizerJsonWriter {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private final TokenizerParts parts;
  private final boolean byteLevel;
  private final JsonGenerator out;

  private TokenizerJsonWriter(TokenizerParts parts, JsonGenerator out) {
    this.parts = parts;
    this.out = out;
    this.byteLevel = parts.model() instanceof BpeModel bpe && bpe.rules().byteLevel();
  }

  static byte[] render(TokenizerParts parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(INDENT);
    printer.indentArraysWith(INDENT);
    try (JsonGenerator out = JSON.createGenerator(bytes).setPrettyPrinter(printer)) {
      new TokenizerJsonWriter(parts, out).writeFile();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void writeFile() throws IOException {
    Vocabulary vocabulary = parts.vocabulary();
    out.writeStartObject();
    out.writeStringField("version", "1.0");
    out.writeNullField("truncation");
    out.writeNullField("padding");
    writeAddedTokens();
    writeTree("normalizer", NormalizerJson.write(parts.normalizer()));
    writeTree("pre_tokenizer", new PreTokenizerJson(parts.preTokenizers(), byteLevel).write());
    writeTree(
        "post_processor",
        PostProcessorJson.write(parts.template(), byteLevel, vocabulary::written));
    writeTree("decoder", DecoderJson.write(parts));
    out.writeObjectFieldStart("model");
    switch (parts.model()) {
      case BpeModel bpe -> writeBpe(bpe, vocabulary);
      case UnigramModel unigram -> writeUnigram(unigram);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeTree(String key, JsonNode tree) throws IOException {
    out.writeFieldName(key);
    JSON.writeTree(out, tree);
  }

  private void writeAddedTokens() throws IOException {
    out.writeArrayFieldStart("added_tokens");
    for (AddedToken token : parts.added()) {
      out.writeStartObject();
      out.writeNumberField("id", token.id());
      out.writeStringField("content", token.content());
      out.writeBooleanField("single_word", token.rules().singleWord());
      out.writeBooleanField("lstrip", token.rules().lstrip());
      out.writeBooleanField("rstrip", token.rules().rstrip());
      out.writeBooleanField("normalized", token.rules().normalized());
      out.writeBooleanField("special", token.special());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writeBpe(BpeModel model, Vocabulary vocabulary) throws IOException {
    BpeModel.Rules rules = model.rules();
    out.writeStringField("type", "BPE");
    out.writeNullField("dropout");
    Optional<String> unknown = rules.unknown();
    if (unknown.isPresent()) {
      out.writeStringField("unk_token", unknown.get());
    } else {
      out.writeNullField("unk_token");
    }
    out.writeStringField("continuing_subword_prefix", "");
    out.writeStringField("end_of_word_suffix", "");
    out.writeBooleanField("fuse_unk", rules.fuseUnknown());
    out.writeBooleanField("byte_fallback", rules.byteFallback());
    if (rules.wholeWords()) {
      out.writeBooleanField("ignore_merges", true);
    }
    out.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      out.writeNumberField(vocabulary.written(id), id);
    }
    out.writeEndObject();
    out.writeArrayFieldStart("merges");
    for (int rank = 0; rank < model.merges(); rank++) {
      writeMerge(model.leftOf(rank), model.rightOf(rank));
    }
    out.writeEndArray();
  }

  /** As one text, which older readers want, unless a token has a space. */
  private void writeMerge(String left, String right) throws IOException {
    if (left.indexOf(' ') < 0 && right.indexOf(' ') < 0) {
      out.writeString(left + " " + right);
    } else {
      out.writeStartArray();
      out.writeString(left);
      out.writeString(right);
      out.writeEndArray();
    }
  }

  private void writeUnigram(UnigramModel model) throws IOException {
    out.writeStringField("type", "Unigram");
    out.writeNumberField("unk_id", model.rules().unknownId());
    out.writeArrayFieldStart("vocab");
    for (UnigramModel.Piece piece : model.pieces()) {
      out.writeStartArray();
      out.writeString(piece.text());
      out.writeNumber(piece.score());
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeBooleanField("byte_fallback", model.rules().byteFallback());
  }
}
