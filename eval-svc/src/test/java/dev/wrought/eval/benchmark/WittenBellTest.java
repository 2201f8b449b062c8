package dev.wrought.eval.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WittenBellTest {
  private static final int PREFIX = 0;

  /**
   * Training [0 1 2 1 2 3]; counted are 1 2 1 2 3. Uniform 1/4. Unigram: N = 5, T = 3, c(1) = 2:
   * P(1) = (2 + 3/4) / 8. Bigram after 0: c = 1, T = 1, c(0 1) = 1: P(1|0) = (1 + P(1)) / 2.
   */
  @Test
  void nats_ofOneToken_isWhatTheFormulaGives() {
    double unigram = (2 + 3 * 0.25) / 8;
    double bigram = (1 + unigram) / 2;
    assertEquals(-Math.log(bigram), nats(new int[] {1}, 1_000), 1e-12);
  }

  /** After 0 1 came 2 once; after 1 came 2 twice. */
  @Test
  void nats_ofTwoTokens_goesUpToTrigrams() {
    double first = (1 + (2 + 3 * 0.25) / 8) / 2;
    double bigram = (2 + 1 * ((2 + 3 * 0.25) / 8)) / 3;
    double trigram = (1 + bigram) / 2;
    assertEquals(-Math.log(first) - Math.log(trigram), nats(new int[] {1, 2}, 1_000), 1e-12);
  }

  @Test
  void nats_ofATokenNeverSeen_isFinite() {
    double unigram = 3 * 0.25 / 8;
    assertEquals(-Math.log(1 * unigram / 2), nats(new int[] {0}, 1_000), 1e-12);
  }

  @Test
  void probabilities_ofAllNextTokens_sumToOne() {
    int vocabulary = 7;
    Random random = new Random(5);
    List<int[]> training = pieces(random, vocabulary, 20);
    for (int[] context : List.of(new int[] {}, new int[] {3}, new int[] {3, 4}, new int[] {6, 6})) {
      double before = context.length == 0 ? 0 : score(vocabulary, training, 1_000, context);
      double sum = 0;
      for (int token = 0; token < vocabulary; token++) {
        int[] text = Arrays.copyOf(context, context.length + 1);
        text[context.length] = token;
        sum += Math.exp(before - score(vocabulary, training, 1_000, text));
      }
      assertEquals(1, sum, 1e-12);
    }
  }

  @Test
  void nats_inManyPasses_areWhatTheyAreInOne() {
    Random random = new Random(7);
    List<int[]> training = pieces(random, 50, 300);
    int[] text = random.ints(500, 0, 50).toArray();
    double inOne = score(50, training, Long.MAX_VALUE / 2, text);
    assertEquals(inOne, score(50, training, 97, text), 1e-9);
    assertEquals(inOne, reference(50, training, text), 1e-9);
  }

  @Test
  void constructor_ofAVocabularyThatDoesNotPack_isRefused() {
    assertThrows(WroughtException.class, () -> new WittenBell(1 << 21, List.of(), 0));
  }

  private static double nats(int[] text, long gramsPerPass) {
    return score(4, List.of(new int[] {0, 1, 2, 1, 2, 3}), gramsPerPass, text);
  }

  private static double score(int vocabulary, List<int[]> training, long gramsPerPass, int[] text) {
    long tokens = training.stream().mapToLong(piece -> piece.length - 1).sum();
    return new WittenBell(vocabulary, training, tokens, gramsPerPass)
        .nats(List.of(text), PREFIX, _ -> {});
  }

  private static List<int[]> pieces(Random random, int vocabulary, int count) {
    List<int[]> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(random.ints(1 + random.nextInt(12), 0, vocabulary).toArray());
    }
    return pieces;
  }

  /** The definition, word by word, by looking through all the training tokens each time. */
  private static double reference(int vocabulary, List<int[]> training, int[] text) {
    List<Integer> stream = new ArrayList<>(List.of(PREFIX));
    double nats = 0;
    for (int token : text) {
      int from = Math.max(0, stream.size() - 2);
      nats -=
          Math.log(probability(vocabulary, training, stream.subList(from, stream.size()), token));
      stream.add(token);
    }
    return nats;
  }

  private static double probability(
      int vocabulary, List<int[]> training, List<Integer> context, int token) {
    double lower =
        context.isEmpty()
            ? 1.0 / vocabulary
            : probability(vocabulary, training, context.subList(1, context.size()), token);
    int seen = 0;
    int withToken = 0;
    Set<Integer> followers = new HashSet<>();
    for (int[] piece : training) {
      for (int i = Math.max(1, context.size()); i < piece.length; i++) {
        int end = i;
        List<Integer> before = Arrays.stream(piece, i - context.size(), end).boxed().toList();
        if (before.equals(context)) {
          seen++;
          withToken += piece[i] == token ? 1 : 0;
          followers.add(piece[i]);
        }
      }
    }
    return seen == 0 ? lower : (withToken + followers.size() * lower) / (seen + followers.size());
  }
}
