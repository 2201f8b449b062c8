package dev.wrought.tokenizer.build;

import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.corpus.CorpusListing;
import java.util.ArrayList;
import java.util.List;

/**
 * What the shards of a dataset depend on: if any of it changes, they are of no use.
 *
 * @param version of how datasets are built
 * @param tokenizer its digest
 * @param settings all that was asked for besides
 * @param corpus what lies at its paths, as {@link CorpusListing} tells
 */
record BuildInputs(String version, String tokenizer, String settings, String corpus) {
  /** To be changed with what documents, shards and tokens of the same inputs are. */
  private static final String VERSION = "1";

  static BuildInputs of(BuildRequest request, Tokenizer tokenizer, BuildSettings settings) {
    // Records say all that they hold.
    String asked =
        "%s, held out %s, tokens of a shard %d"
            .formatted(request.corpus(), request.validationFraction(), settings.shardTokens());
    return new BuildInputs(
        VERSION, tokenizer.digest(), asked, CorpusListing.digest(request.corpus()));
  }

  /** What is different from before, for people; empty if nothing is. */
  List<String> differences(BuildInputs before) {
    List<String> differences = new ArrayList<>();
    if (!version.equals(before.version)) {
      differences.add("this version of Wrought builds otherwise");
    }
    if (!tokenizer.equals(before.tokenizer)) {
      differences.add("the tokenizer is another one");
    }
    if (!settings.equals(before.settings)) {
      differences.add("other sources, filters or settings are asked for");
    }
    if (!corpus.equals(before.corpus) && settings.equals(before.settings)) {
      differences.add("files of the corpus were added, removed or changed");
    }
    return differences;
  }
}
