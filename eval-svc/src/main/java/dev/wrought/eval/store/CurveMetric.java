package dev.wrought.eval.store;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.loss.HeldOutMetric;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a curve can be of: a column of the steps, or what follows from a held-out loss. */
public enum CurveMetric {
  LOSS(null),
  LEARNING_RATE(null),
  GRADIENT_NORM(null),
  TOKENS_PER_SECOND(null),
  MFU(null),
  DATA_WAIT(null),
  VALIDATION_LOSS(HeldOutMetric.LOSS),
  PERPLEXITY(HeldOutMetric.PERPLEXITY),
  BITS_PER_BYTE(HeldOutMetric.BITS_PER_BYTE);

  private final @Nullable HeldOutMetric heldOut;

  CurveMetric(@Nullable HeldOutMetric heldOut) {
    this.heldOut = heldOut;
  }

  /** The name in requests, which is also the column's. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The metric of this name.
   *
   * @throws WroughtException INVALID_ARGUMENT lists the known ones
   */
  public static CurveMetric of(String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.metricName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INVALID_ARGUMENT,
                "there is no metric \"%s\"; known are %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(CurveMetric::metricName)
                            .collect(Collectors.joining(", ")))));
  }

  /** Those that every step has. */
  public static Set<CurveMetric> ofSteps() {
    return EnumSet.range(LOSS, DATA_WAIT);
  }

  /** Those that only validations have. */
  public static Set<CurveMetric> ofValidations() {
    return EnumSet.range(VALIDATION_LOSS, BITS_PER_BYTE);
  }

  /** The value in a row of its table; NaN where there is none. */
  double read(ResultSet row) throws SQLException {
    if (heldOut == null) {
      return Sql.number(row, metricName());
    }
    return heldOut
        .of(Sql.number(row, "nats"), Sql.number(row, "tokens"), Sql.number(row, "bytes"))
        .orElse(Double.NaN);
  }
}
