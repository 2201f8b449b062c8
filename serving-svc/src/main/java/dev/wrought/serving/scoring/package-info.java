/**
 * How likely a model finds given texts: {@link dev.wrought.serving.scoring.Scoring}, a job of the
 * engine with a sequence for each item ({@link dev.wrought.serving.scoring.ScoredSequence}).
 *
 * <p>Logits are floats; their log-sum-exp and all sums are taken in double precision where they
 * leave a vector. What is asked for and why (tasks, windows over long documents) is eval-svc's
 * business.
 */
@NullMarked
package dev.wrought.serving.scoring;

import org.jspecify.annotations.NullMarked;
