package dev.wrought.eval.web;

import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.store.CurveMetric;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A curve in columns of one length, as JSON and uPlot like it.
 *
 * @param time milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
record CurveJson(int[] step, int[] epoch, double[] tokens, long[] time, double[] value) {

  static CurveJson of(List<CurvePoint> points) {
    return new CurveJson(
        points.stream().mapToInt(CurvePoint::step).toArray(),
        points.stream().mapToInt(CurvePoint::epoch).toArray(),
        points.stream().mapToDouble(CurvePoint::tokens).toArray(),
        points.stream().mapToLong(CurvePoint::timeMillis).toArray(),
        points.stream().mapToDouble(CurvePoint::value).toArray());
  }

  /** By the metrics' names. */
  static Map<String, CurveJson> of(Map<CurveMetric, List<CurvePoint>> curves) {
    Map<String, CurveJson> result = new TreeMap<>();
    curves.forEach((metric, points) -> result.put(metric.metricName(), of(points)));
    return result;
  }
}
