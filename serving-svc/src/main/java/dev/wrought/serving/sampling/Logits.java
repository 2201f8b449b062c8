package dev.wrought.serving.sampling;

/**
 * The unnormalised log-probabilities of the next token, one for each token of the vocabulary: a
 * read-only view. The likeliest token has the highest.
 */
public interface Logits {

  /** How many tokens the vocabulary has. */
  int size();

  /** The logit of a token. */
  float get(int id);

  /** Copies all logits to the beginning of {@code into}, which holds at least {@link #size}. */
  void copyTo(float[] into);

  /** The likeliest token; of equals, the one with the lowest id. */
  default int argMax() {
    int best = 0;
    for (int id = 1; id < size(); id++) {
      if (get(id) > get(best)) {
        best = id;
      }
    }
    return best;
  }
}
