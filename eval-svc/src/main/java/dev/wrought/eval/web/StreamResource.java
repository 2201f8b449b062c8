package dev.wrought.eval.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.store.CurveNews;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.FeedPosition;
import dev.wrought.eval.store.RunQueries;
import dev.wrought.eval.store.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What comes, as Server-Sent Events. */
@Path("/api/stream")
public class StreamResource {
  private static final int MOST_RUNS = 20;

  private final RunQueries runs;
  private final RunList list;
  private final CurveNews news;
  private final Feed feed;
  private final ObjectMapper json;

  @Inject
  public StreamResource(
      RunQueries runs, RunList list, CurveNews news, Feed feed, ObjectMapper json) {
    this.runs = runs;
    this.list = list;
    this.news = news;
    this.feed = feed;
    this.json = json;
  }

  /**
   * Watches.
   *
   * @param watched uids or names of runs whose points are wanted; the list of runs always comes
   * @param from the cursor of a snapshot, or of the last event seen; empty: from now on
   * @param lastEventId as browsers send it when they come back: it is newer than {@code from}
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RunOnVirtualThread
  public void stream(
      @QueryParam("run") List<String> watched,
      @QueryParam("from") @DefaultValue("") String from,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @DefaultValue("") String lastEventId,
      @Context SseEventSink sink,
      @Context Sse sse) {
    if (watched.size() > MOST_RUNS) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%d runs are watched; at most %d are allowed".formatted(watched.size(), MOST_RUNS));
    }
    FeedPosition now = news.now();
    Optional<FeedPosition> start = start(lastEventId.isEmpty() ? from : lastEventId);
    boolean ofThisStore = start.orElse(now).isBefore(now);
    LiveStream stream =
        new LiveStream(
            new LiveStream.Client(sink, sse, json),
            list,
            news,
            ofThisStore ? byId(watched) : Map.of());
    stream.run(feed, ofThisStore ? start.orElse(now) : now, !ofThisStore);
  }

  private Map<Long, RunView> byId(List<String> watched) {
    return watched.stream()
        .map(runs::find)
        .collect(Collectors.toMap(RunView::id, Function.identity(), (one, _) -> one));
  }

  private static Optional<FeedPosition> start(String cursor) {
    if (cursor.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        FeedPosition.parse(cursor)
            .orElseThrow(() ->
                new WroughtException(
                    ErrorCode.INVALID_ARGUMENT,
                    "\"%s\" is no cursor of ours: take that of a snapshot or of an event"
                        .formatted(cursor))));
  }
}
