package dev.wrought.eval.publish;

import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.store.Arrival.Position;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.Outbox;
import dev.wrought.eval.store.Outbox.Post;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes what is in the outbox, oldest first, from {@link #start} to {@link #stop}. While there
 * is no broker letters wait in the database; no session is opened before there is one to send.
 */
public final class OutboxPublisher {
  private static final System.Logger LOG = System.getLogger(OutboxPublisher.class.getName());
  private static final int BATCH = 500;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final KafkaSettings settings;
  private final Outbox outbox;
  private final Feed feed;
  private final Duration afterFailure;
  private final Thread thread = Thread.ofPlatform().name("events-out").unstarted(this::run);
  private boolean troubled;

  public OutboxPublisher(KafkaSettings settings, Outbox outbox, Feed feed) {
    this(settings, outbox, feed, PAUSE);
  }

  /**
   * @param afterFailure how long it waits then
   */
  OutboxPublisher(KafkaSettings settings, Outbox outbox, Feed feed, Duration afterFailure) {
    this.settings = settings;
    this.outbox = outbox;
    this.feed = feed;
    this.afterFailure = afterFailure;
  }

  /** Begins, on a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Ends with the feed, which it closes; what is not published waits for the next start. */
  public void stop() throws InterruptedException {
    feed.close();
    thread.join(FAREWELL);
  }

  private void run() {
    try {
      while (!feed.isClosed()) {
        try {
          if (awaitLetters()) {
            session();
          }
        } catch (KafkaException | WroughtException | SQLException failure) {
          say(failure);
          feed.pause(afterFailure);
        } catch (RuntimeException defect) {
          LOG.log(
              Level.ERROR, "Evaluation events wait because of a defect; it is tried again", defect);
          troubled = true;
          feed.pause(afterFailure);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(Exception failure) {
    if (!troubled) {
      LOG.log(Level.WARNING, "Evaluation events wait in the outbox: {0}", failure.getMessage());
    }
    troubled = true;
  }

  /** Waits for letters; returns false when the service stops. */
  private boolean awaitLetters() throws InterruptedException, SQLException {
    while (!feed.isClosed()) {
      long seen = feed.commits();
      if (!outbox.isEmpty()) {
        return true;
      }
      feed.await(seen, LOOK_AGAIN);
    }
    return false;
  }

  private void session() throws InterruptedException, SQLException {
    try (Postman postman = new Postman(settings)) {
      postman.open();
      List<Position> published = postman.alreadyPublished();
      while (awaitLetters()) {
        // Every time: a store that was lost and is filled again writes old letters anew.
        outbox.forget(published);
        Post post = outbox.oldest(BATCH);
        if (post.letters().isEmpty()) {
          continue;
        }
        postman.publish(post);
        outbox.forget(post.positions());
        if (troubled) {
          LOG.log(Level.INFO, "Publishing evaluation events again");
          troubled = false;
        }
      }
    }
  }
}
