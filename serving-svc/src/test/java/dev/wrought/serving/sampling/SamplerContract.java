package dev.wrought.serving.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every sampler must keep to. Extend it and say how yours is made. */
public abstract class SamplerContract {

  /** A new sampler, as for a new generation. */
  protected abstract Sampler sampler();

  @Test
  void sample_anyLogits_staysWithinTheVocabulary() {
    Sampler sampler = sampler();
    SplittableRandom random = new SplittableRandom(1);
    for (int size : new int[] {1, 2, 17, 5000}) {
      for (int draw = 0; draw < 50; draw++) {
        int id = sampler.sample(logits(size, draw), history(1), random);
        assertTrue(id >= 0 && id < size, id + " is not below " + size);
      }
    }
  }

  @Test
  void sample_sameSeed_writesTheSame() {
    Sampler one = sampler();
    Sampler other = sampler();
    SplittableRandom first = new SplittableRandom(42);
    SplittableRandom second = new SplittableRandom(42);
    for (int step = 0; step < 200; step++) {
      assertEquals(
          one.sample(logits(300, step), history(step + 1), first),
          other.sample(logits(300, step), history(step + 1), second),
          "at step " + step);
    }
  }

  @Test
  void sample_onePossibleToken_takesIt() {
    float[] logits = new float[50];
    java.util.Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    logits[31] = 4;
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(31, sampler().sample(view(logits), history(1), new SplittableRandom(seed)));
    }
  }

  @Test
  void sample_readsOnly_theLogitsStay() {
    Logits logits = logits(40, 3);
    float before = logits.get(7);
    sampler().sample(logits, history(3), new SplittableRandom(1));
    assertEquals(before, logits.get(7));
  }

  /** Random logits of a vocabulary. */
  protected static Logits logits(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int id = 0; id < size; id++) {
      values[id] = (float) (3 * random.nextGaussian());
    }
    return view(values);
  }

  /** These logits. */
  protected static Logits view(float... values) {
    return new Logits() {
      @Override
      public int size() {
        return values.length;
      }

      @Override
      public float get(int id) {
        return values[id];
      }

      @Override
      public void copyTo(float[] into) {
        System.arraycopy(values, 0, into, 0, values.length);
      }
    };
  }

  /** A prompt of as many zeros. */
  protected static TokenHistory history(int size) {
    return new TokenHistory() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public int get(int place) {
        return 0;
      }

      @Override
      public int promptSize() {
        return size;
      }
    };
  }
}
