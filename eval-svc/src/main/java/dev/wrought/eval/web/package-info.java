/**
 * The dashboard: one page, and the JSON, CSV and event stream that it lives on.
 *
 * <p>Reading order: {@link dev.wrought.eval.web.RunsResource} (what is known now), {@link
 * dev.wrought.eval.web.StreamResource} and {@link dev.wrought.eval.web.LiveStream} (what comes from
 * then on, with no gap and no duplicate however often the connection breaks), {@link
 * dev.wrought.eval.web.RunJson} and {@link dev.wrought.eval.web.CurveJson} (the shapes). The page
 * itself is plain modules in {@code META-INF/resources}: start at {@code js/main.js}; uPlot, which
 * draws the curves, is put beside it by the build.
 *
 * <p>Nothing is computed here that is not about showing. A further curve on the page is a metric in
 * {@link dev.wrought.eval.store.CurveMetric} and a line in {@code js/strips.js}.
 */
@NullMarked
package dev.wrought.eval.web;

import org.jspecify.annotations.NullMarked;
