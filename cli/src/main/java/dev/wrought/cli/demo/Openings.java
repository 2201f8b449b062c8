package dev.wrought.cli.demo;

import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How held-out documents begin: prompts that suit a corpus, whatever it is. */
final class Openings {
  private static final int PROMPTS = 3;
  private static final int TOKENS = 8;

  private Openings() {}

  /** Of up to three documents, evenly spread over the held-out split; never blank. */
  static List<String> of(Dataset dataset) {
    Tokenizer tokenizer = TokenizerJson.read(dataset.tokenizerFile());
    List<String> openings = new ArrayList<>();
    try (TokenShards documents = dataset.validation()) {
      for (int i = 0; i < PROMPTS && i < documents.documents(); i++) {
        int document = (int) ((long) i * documents.documents() / PROMPTS);
        String opening = opening(tokenizer, documents.document(document));
        if (!opening.isBlank() && !openings.contains(opening)) {
          openings.add(opening);
        }
      }
    }
    return openings.isEmpty() ? List.of("\n") : openings;
  }

  /** At most half of a short document; without its end of text, and no half of a character. */
  private static String opening(Tokenizer tokenizer, int[] document) {
    int length = Math.min(TOKENS, document.length / 2);
    byte[] bytes = tokenizer.decode(Arrays.copyOf(document, length));
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("\uFFFD+$", "");
  }
}
