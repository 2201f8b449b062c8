package dev.wrought.eval.loss;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What follows from a summed negative log-likelihood of held-out text, its tokens and its bytes.
 *
 * <p>The loss in nats per token, and the perplexity, are of one tokenizer only; bits per byte are
 * comparable across tokenizers, and with compressors. Source: lm-evaluation-harness, metrics {@code
 * perplexity} and {@code bits_per_byte}.
 */
public enum HeldOutMetric {
  /** Nats per token. */
  LOSS {
    @Override
    double derive(double nats, double tokens, double bytes) {
      return nats / tokens;
    }
  },
  /** How many equally likely tokens would be as hard to guess. */
  PERPLEXITY {
    @Override
    double derive(double nats, double tokens, double bytes) {
      return Math.exp(nats / tokens);
    }
  },
  /** Bits to write one byte of the text, were the model a compressor. */
  BITS_PER_BYTE {
    @Override
    double derive(double nats, double tokens, double bytes) {
      return nats / Math.log(2) / bytes;
    }
  };

  abstract double derive(double nats, double tokens, double bytes);

  /** The value; empty where it is not finite: nothing was measured, or too much. */
  public OptionalDouble of(double nats, double tokens, double bytes) {
    double value = derive(nats, tokens, bytes);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** The name in events and requests: {@code bits_per_byte}. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
