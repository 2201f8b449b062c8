package dev.wrought.core.tokenizer;

import dev.wrought.core.gguf.GgufMetadata;
import java.util.Locale;
import java.util.Set;

/**
 * What white space the tokens outside a model take along. Files in GGUF do not say that: it follows
 * from which model they are of.
 *
 * <p>Source: the models' own {@code tokenizer.json}; llama.cpp, llama-vocab.cpp.
 */
enum GgufTokenRules {
  /** None of it. */
  PLAIN {
    @Override
    AddedToken.Rules of(String token) {
      return AddedToken.Rules.NONE;
    }
  },

  /** Phi-3: of its tokens all but the first ones take what follows them. */
  PHI3 {
    @Override
    AddedToken.Rules of(String token) {
      boolean plain = Set.of("<unk>", "<s>", "<|endoftext|>").contains(token);
      return plain ? AddedToken.Rules.NONE : new AddedToken.Rules(false, false, true, false);
    }
  },

  /** RoBERTa and ModernBERT: the mask takes what precedes it. */
  MASKED {
    @Override
    AddedToken.Rules of(String token) {
      boolean mask = token.equals("<mask>") || token.equals("[MASK]");
      return mask ? new AddedToken.Rules(false, true, false, false) : AddedToken.Rules.NONE;
    }
  };

  static final String NAME = "general.name";
  private static final Set<String> MASKED_FAMILIES =
      Set.of(
          "roberta-bpe",
          "jina-v1-en",
          "jina-v2-code",
          "jina-v2-de",
          "jina-v2-es",
          "jina-de",
          "jina-es",
          "modern-bert");

  abstract AddedToken.Rules of(String token);

  static GgufTokenRules of(GgufMetadata metadata) {
    String name = text(metadata, NAME).toLowerCase(Locale.ROOT);
    if (name.contains("phi-3") || name.contains("phi3")) {
      return PHI3;
    }
    boolean masked = MASKED_FAMILIES.contains(text(metadata, GgufVocabulary.FAMILY));
    return masked || name.contains("modern-bert") ? MASKED : PLAIN;
  }

  private static String text(GgufMetadata metadata, String key) {
    return metadata.find(key).isPresent() ? metadata.text(key) : "";
  }
}
