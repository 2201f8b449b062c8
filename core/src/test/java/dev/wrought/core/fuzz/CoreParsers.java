package dev.wrought.core.fuzz;

import dev.wrought.core.checkpoint.ManifestFuzz;
import dev.wrought.core.checkpoint.SafetensorsFileFuzz;
import dev.wrought.core.checkpoint.TrainerStateFuzz;
import dev.wrought.core.dataset.DatasetFuzz;
import dev.wrought.core.dataset.TokenShardsFuzz;
import dev.wrought.core.gguf.GgufFileFuzz;
import dev.wrought.core.model.ConfigJsonFuzz;
import dev.wrought.core.recipe.RecipeFuzz;
import dev.wrought.core.text.NormalizerFuzz;
import dev.wrought.core.text.RegexFuzz;
import dev.wrought.core.tokenizer.GgufVocabularyFuzz;
import dev.wrought.core.tokenizer.SentencePieceFileFuzz;
import dev.wrought.core.tokenizer.TiktokenFileFuzz;
import dev.wrought.core.tokenizer.TokenizerJsonFuzz;
import dev.wrought.core.tokenizer.VocabularyAndMergesFuzz;
import java.util.List;

/** The parsers of this module. */
final class CoreParsers {
  private CoreParsers() {}

  static List<FuzzTarget> all() {
    return List.of(
        new TokenizerJsonFuzz(),
        new TiktokenFileFuzz(),
        new SentencePieceFileFuzz(),
        new GgufVocabularyFuzz(),
        new VocabularyAndMergesFuzz(),
        new RegexFuzz(),
        new NormalizerFuzz(),
        new GgufFileFuzz(),
        new SafetensorsFileFuzz(),
        new ManifestFuzz(),
        new TrainerStateFuzz(),
        new ConfigJsonFuzz(),
        new RecipeFuzz(),
        new DatasetFuzz(),
        new TokenShardsFuzz());
  }
}
