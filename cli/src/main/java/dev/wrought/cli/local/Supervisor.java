package dev.wrought.cli.local;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Restarts what dies, for as long as the command runs in the foreground and nobody takes the
 * platform down. A platform that keeps dying is left alone: more than {@value #MOST_RESTARTS}
 * restarts within a minute say that a restart is no remedy.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_RESTARTS = 8;

  private final Platform platform;
  private final Consumer<String> listener;
  private final Thread thread;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private Optional<RuntimeException> failure = Optional.empty();

  private Supervisor(Platform platform, Consumer<String> listener) {
    this.platform = platform;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("supervisor").unstarted(this::watch);
  }

  public static Supervisor start(Platform platform, Consumer<String> listener) {
    Supervisor supervisor = new Supervisor(platform, listener);
    supervisor.thread.start();
    return supervisor;
  }

  private void watch() {
    try {
      while (platform.wanted()) {
        Thread.sleep(INTERVAL);
        List<Part> restarted = platform.restartDead();
        restarted.forEach(part -> listener.accept(part.label() + " had died and is started again"));
        if (tooMany(restarted.size())) {
          throw new WroughtException(
              ErrorCode.UNAVAILABLE,
              "the platform keeps dying and is not restarted any more: see ./wrought status and ./wrought logs");
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException cause) {
      failure = Optional.of(cause);
    }
  }

  private boolean tooMany(int more) {
    long now = System.nanoTime();
    for (int i = 0; i < more; i++) {
      restarts.add(now);
    }
    restarts.removeIf(time -> now - time > WINDOW.toNanos());
    return restarts.size() > MOST_RESTARTS;
  }

  /**
   * Waits until the platform is taken down.
   *
   * @throws WroughtException UNAVAILABLE if it was given up, or what else ended the restarting
   */
  public void join() throws InterruptedException {
    thread.join();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
