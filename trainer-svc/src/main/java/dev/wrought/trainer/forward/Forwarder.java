package dev.wrought.trainer.forward;

import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.journal.RunDirectory;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends every run's events on, each at least once and in the order of its log. Nothing waits for
 * it: workers write to their logs, and this reads behind them, a bounded batch at a time, run after
 * run. Without a broker the logs are the spool, and it goes on where it was when one is there
 * again. One thread of its own.
 */
public final class Forwarder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Forwarder.class.getName());
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /**
   * How often things are looked at.
   *
   * @param poll between two looks at logs that had nothing new
   * @param pause after a failed connection
   */
  public record Pace(Duration poll, Duration pause) {
    /** A live curve moves a few times a second. */
    public static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofSeconds(1));
  }

  /**
   * How it goes.
   *
   * @param connected whether the last attempt to send or connect succeeded
   * @param detail why not; empty if it did
   * @param waitingBytes of events that are not sent yet
   */
  public record State(boolean connected, String detail, long waitingBytes) {}

  private final Supplier<List<RunDirectory>> runs;
  private final Supplier<? extends Outlet> outlets;
  private final Pace pace;
  private final Map<String, RunSpool> spools = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Optional<String> trouble = Optional.of("not asked so far");
  private boolean troubleSaid;

  /**
   * Starts to send.
   *
   * @param runs whose logs are read
   * @param outlets makes a connection, or throws UNAVAILABLE
   */
  public Forwarder(
      Supplier<List<RunDirectory>> runs, Supplier<? extends Outlet> outlets, Pace pace) {
    this.runs = runs;
    this.outlets = outlets;
    this.pace = pace;
    this.thread = Thread.ofPlatform().daemon().name("events-out").start(this::forward);
  }

  /** How it goes now. */
  public State state() {
    long waiting = spools.values().stream().mapToLong(RunSpool::waitingBytes).sum();
    return new State(trouble.isEmpty(), trouble.orElse(""), Math.max(0, waiting));
  }

  private void forward() {
    try {
      while (!isClosedAfter(Duration.ZERO)) {
        try (Outlet outlet = outlets.get()) {
          trouble = Optional.empty();
          session(outlet);
        } catch (WroughtException away) {
          unwell(away);
          isClosedAfter(pace.pause());
        } catch (RuntimeException defect) {
          LOG.log(Level.ERROR, "events are held up by a defect; it is tried again", defect);
          unwell(defect);
          isClosedAfter(pace.pause());
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void session(Outlet outlet) throws InterruptedException {
    while (!isClosedAfter(Duration.ZERO)) {
      boolean sent = false;
      for (RunDirectory run : runs.get()) {
        sent |= forward(run, outlet);
      }
      if (!sent) {
        isClosedAfter(pace.poll());
      }
    }
  }

  /** One batch of a run's events. @return whether there were any */
  private boolean forward(RunDirectory run, Outlet outlet) throws InterruptedException {
    RunSpool spool = spools.computeIfAbsent(run.uid(), uid -> new RunSpool(run));
    Optional<RunSpool.Parcel> parcel = spool.next();
    if (parcel.isPresent()) {
      outlet.send(parcel.get().events());
      spool.acknowledged(parcel.get().sequence());
      well();
    }
    return parcel.isPresent();
  }

  private boolean isClosedAfter(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void well() {
    if (troubleSaid) {
      LOG.log(Level.INFO, "events are sent again");
    }
    troubleSaid = false;
  }

  /** Said once, however long it lasts. */
  private void unwell(RuntimeException cause) {
    if (!troubleSaid) {
      LOG.log(Level.WARNING, "events wait on the disk: {0}", cause.getMessage());
    }
    troubleSaid = true;
    trouble = Optional.of(String.valueOf(cause.getMessage()));
  }

  /** Ends; what is not sent waits for the next start. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(FAREWELL)) {
        thread.interrupt();
        thread.join(FAREWELL);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
