package dev.wrought.eval.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.eval.store.CurveNews;
import dev.wrought.eval.store.CurveNews.News;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.FeedPosition;
import dev.wrought.eval.store.RunView;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * What one watcher is told, on a thread of its own.
 *
 * <pre>
 *   event   data                                  id
 *   reset   {}                                    the present position: the one given is of another store
 *   runs    {"runs": [...], "source": {...}}      none: it is the whole list, at first and after changes
 *   points  {"runs": {uid: {metric: columns}}}    the position after them
 *   beat    {}                                    the position; every {@value #BEAT_SECONDS} s without news
 * </pre>
 *
 * <p>After every message the client is waited for, so a slow one gets fewer and larger messages and
 * costs no memory. A commit is told at most {@link #PAUSE} later.
 */
final class LiveStream {
  private static final Logger LOG = Logger.getLogger(LiveStream.class);
  private static final int BEAT_SECONDS = 10;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Client client;
  private final RunList runs;
  private final CurveNews news;
  private final Map<Long, RunView> watched;
  private String toldRuns = "";

  LiveStream(Client client, RunList runs, CurveNews news, Map<Long, RunView> watched) {
    this.client = client;
    this.runs = runs;
    this.news = news;
    this.watched = Map.copyOf(watched);
  }

  /** Points by run uid and metric. */
  private record Points(Map<String, Map<String, CurveJson>> runs) {}

  /** Nothing to say. */
  private record Nothing() {}

  /**
   * Tells until the watcher goes or the service stops.
   *
   * @param start the first position that is not told any more
   * @param anew whether to say first that all seen before is void
   */
  void run(Feed feed, FeedPosition start, boolean anew) {
    try (client) {
      if (anew) {
        client.send("reset", start.toString(), new Nothing());
      }
      FeedPosition position = start;
      while (!feed.isClosed() && !client.isGone()) {
        long seen = feed.commits();
        FeedPosition next = tell(position);
        if (next.equals(position)) {
          feed.await(seen, Duration.ofSeconds(BEAT_SECONDS));
          if (feed.commits() == seen) {
            client.send("beat", position.toString(), new Nothing());
          }
        }
        position = next;
        feed.pause(PAUSE);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (CompletionException | IllegalStateException failure) {
      if (!client.isGone()) {
        throw failure;
      }
      LOG.debugf(failure, "A watcher has gone");
    }
  }

  /** The list is read before the points and told after them: it is never ahead of them. */
  private FeedPosition tell(FeedPosition position) {
    String list = runs.text();
    News found = news.after(watched.keySet(), position);
    if (!found.points().isEmpty()) {
      Map<String, Map<String, CurveJson>> byUid = new TreeMap<>();
      watched.forEach((id, run) ->
          Optional.ofNullable(found.points().get(id))
              .ifPresent(points -> byUid.put(run.uid(), CurveJson.of(points))));
      client.send("points", found.position().toString(), new Points(byUid));
    }
    if (!list.equals(toldRuns)) {
      client.send("runs", "", list);
      toldRuns = list;
    }
    return found.position();
  }

  /** The watcher's end of the connection. */
  record Client(SseEventSink sink, Sse sse, ObjectMapper json) implements AutoCloseable {
    boolean isGone() {
      return sink.isClosed();
    }

    String text(Object data) {
      try {
        return json.writeValueAsString(data);
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException("records of ours are always JSON", impossible);
      }
    }

    /**
     * Returns when the message is on its way.
     *
     * @throws CompletionException the watcher goes meanwhile
     * @throws IllegalStateException the watcher has gone
     */
    void send(String name, String id, Object data) {
      OutboundSseEvent.Builder event =
          sse.newEventBuilder()
              .name(name)
              .mediaType(MediaType.TEXT_PLAIN_TYPE)
              .data(String.class, data instanceof String text ? text : text(data));
      if (!id.isEmpty()) {
        event.id(id);
      }
      sink.send(event.build()).toCompletableFuture().join();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
