package dev.wrought.eval.web;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.loss.CurvePoint;
import dev.wrought.eval.store.CurveMetric;
import dev.wrought.eval.store.CurveQueries;
import dev.wrought.eval.store.CurveQueries.Snapshot;
import dev.wrought.eval.store.RunQueries;
import dev.wrought.eval.store.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/** What is known of runs now. A run is named by its uid, or by its name: the newest one's then. */
@Path("/api/runs")
@RunOnVirtualThread
public class RunsResource {
  private static final int FEWEST_POINTS = 4;

  /** Of each of the nine curves: some megabytes on the heap, and far more than a screen shows. */
  private static final int MOST_POINTS = 10_000;

  private final RunList list;
  private final RunQueries runs;
  private final CurveQueries curves;

  @Inject
  public RunsResource(RunList list, RunQueries runs, CurveQueries curves) {
    this.list = list;
    this.runs = runs;
    this.curves = curves;
  }

  /**
   * A run's curves, each with its peaks.
   *
   * @param cursor to be given to the stream, which then tells all that came later
   */
  record Curves(String uid, String cursor, Map<String, CurveJson> curves) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public RunList.Now list() {
    return list.now();
  }

  /**
   * All curves of a run.
   *
   * @param points of each curve, at most
   */
  @GET
  @Path("{run}/curves")
  @Produces(MediaType.APPLICATION_JSON)
  public Curves curves(
      @PathParam("run") String name, @QueryParam("points") @DefaultValue("2000") int points) {
    if (points < FEWEST_POINTS || points > MOST_POINTS) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "points is %d; allowed are %d to %d".formatted(points, FEWEST_POINTS, MOST_POINTS));
    }
    RunView run = runs.find(name);
    Snapshot snapshot = curves.curves(run.id(), EnumSet.allOf(CurveMetric.class), points);
    return new Curves(run.uid(), snapshot.position().toString(), CurveJson.of(snapshot.curves()));
  }

  /** Every point of one curve, for other programs. */
  @GET
  @Path("{run}/curves/{metric}.csv")
  @Produces("text/csv")
  public Response csv(@PathParam("run") String name, @PathParam("metric") String metricName) {
    CurveMetric metric = CurveMetric.of(metricName);
    RunView run = runs.find(name);
    StreamingOutput body =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          write(run, metric, writer);
          writer.flush();
        };
    String file = run.uid().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + metricName + ".csv";
    return Response.ok(body)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
        .build();
  }

  private void write(RunView run, CurveMetric metric, Writer out) throws IOException {
    out.write("step,epoch,tokens,time_millis," + metric.metricName() + "\n");
    curves.walk(
        run.id(),
        metric,
        point -> {
          try {
            out.write(line(point));
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  private static String line(CurvePoint point) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%.0f,%d,%s\n",
        point.step(),
        point.epoch(),
        point.tokens(),
        point.timeMillis(),
        point.value());
  }
}
