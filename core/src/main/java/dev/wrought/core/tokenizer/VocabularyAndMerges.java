package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2's own two files: {@code vocab.json}, ids by token, and {@code merges.txt}, a merge a line,
 * perhaps after a line with a version.
 *
 * <p>Source: Radford et al. 2019, encoder.py.
 */
final class VocabularyAndMerges {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";
  private static final String VERSION = "#version";

  private VocabularyAndMerges() {}

  static TokenizerParts parse(byte[] vocabulary, byte[] merges) {
    TokenList tokens = tokens(vocabulary);
    List<AddedToken> added = new ArrayList<>();
    int end = tokens.find(SpecialTokens.END_OF_TEXT);
    if (end != TokenList.NONE) {
      added.add(AddedToken.special(end, SpecialTokens.END_OF_TEXT));
    }
    BpeModel model = new BpeModel(tokens, merges(merges).of(tokens), BpeModel.Rules.BYTES);
    return TokenizerParts.byteLevel(Split.gpt2(), model, added);
  }

  private static TokenList tokens(byte[] vocabulary) {
    try (JsonParser parser = new JsonFactory().createParser(vocabulary)) {
      parser.nextToken();
      return ModelJson.readVocabulary(parser);
    } catch (JsonProcessingException damaged) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, TokenizerJsonParser.reason(damaged), damaged);
    } catch (IOException notText) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE, String.valueOf(notText.getMessage()), notText);
    }
  }

  private static MergeReader merges(byte[] file) {
    MergeReader merges = new MergeReader(0);
    new String(file, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !(merges.size() == 0 && line.startsWith(VERSION)))
        .forEach(merges::add);
    return merges;
  }
}
