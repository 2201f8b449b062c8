package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Renders {@code tokenizer.json} as Hugging Face's library does, and always in the same bytes. */
final class TokenizerJsonWriter {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private final BpeVocabulary vocabulary;
  private final Map<Integer, AddedToken> added = new HashMap<>();
  private final JsonGenerator out;

  private TokenizerJsonWriter(BpeVocabulary vocabulary, JsonGenerator out) {
    this.vocabulary = vocabulary;
    this.out = out;
    vocabulary.added().forEach(token -> added.put(token.id(), token));
  }

  static byte[] render(BpeVocabulary vocabulary) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(INDENT);
    printer.indentArraysWith(INDENT);
    try (JsonGenerator out = JSON.createGenerator(bytes).setPrettyPrinter(printer)) {
      new TokenizerJsonWriter(vocabulary, out).writeFile();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void writeFile() throws IOException {
    out.writeStartObject();
    out.writeStringField("version", "1.0");
    out.writeNullField("truncation");
    out.writeNullField("padding");
    writeAddedTokens();
    out.writeNullField("normalizer");
    writePreTokenizer();
    out.writeFieldName("post_processor");
    writeByteLevel(true);
    out.writeFieldName("decoder");
    writeByteLevel(true);
    writeModel();
    out.writeEndObject();
  }

  private void writeAddedTokens() throws IOException {
    out.writeArrayFieldStart("added_tokens");
    for (AddedToken token : vocabulary.added()) {
      out.writeStartObject();
      out.writeNumberField("id", token.id());
      out.writeStringField("content", token.content());
      out.writeBooleanField("single_word", false);
      out.writeBooleanField("lstrip", false);
      out.writeBooleanField("rstrip", false);
      out.writeBooleanField("normalized", false);
      out.writeBooleanField("special", token.special());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writePreTokenizer() throws IOException {
    out.writeFieldName("pre_tokenizer");
    Splitting splitting = vocabulary.rules().splitting();
    if (splitting == Splitting.GPT2) {
      writeByteLevel(true);
      return;
    }
    out.writeStartObject();
    out.writeStringField("type", "Sequence");
    out.writeArrayFieldStart("pretokenizers");
    out.writeStartObject();
    out.writeStringField("type", "Split");
    out.writeObjectFieldStart("pattern");
    out.writeStringField("Regex", splitting.pattern());
    out.writeEndObject();
    out.writeStringField("behavior", "Isolated");
    out.writeBooleanField("invert", false);
    out.writeEndObject();
    writeByteLevel(false);
    out.writeEndArray();
    out.writeEndObject();
  }

  private void writeByteLevel(boolean ownPattern) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "ByteLevel");
    out.writeBooleanField("add_prefix_space", false);
    out.writeBooleanField("trim_offsets", false);
    out.writeBooleanField("use_regex", ownPattern);
    out.writeEndObject();
  }

  private void writeModel() throws IOException {
    out.writeObjectFieldStart("model");
    out.writeStringField("type", "BPE");
    out.writeNullField("dropout");
    out.writeNullField("unk_token");
    out.writeStringField("continuing_subword_prefix", "");
    out.writeStringField("end_of_word_suffix", "");
    out.writeBooleanField("fuse_unk", false);
    out.writeBooleanField("byte_fallback", false);
    if (vocabulary.rules().wholeWords()) {
      out.writeBooleanField("ignore_merges", true);
    }
    out.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      AddedToken token = added.get(id);
      String written = token == null ? ByteAlphabet.write(vocabulary.token(id)) : token.content();
      out.writeNumberField(written, id);
    }
    out.writeEndObject();
    out.writeArrayFieldStart("merges");
    for (int rank = 0; rank < vocabulary.merges(); rank++) {
      out.writeString(
          ByteAlphabet.write(vocabulary.leftOf(rank))
              + " "
              + ByteAlphabet.write(vocabulary.rightOf(rank)));
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
