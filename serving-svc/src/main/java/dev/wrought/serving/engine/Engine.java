package dev.wrought.serving.engine;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.Kernels;
import dev.wrought.serving.weights.ModelWeights;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One model at work: a thread that again and again mixes rows of the live jobs into a step. Jobs
 * beyond the live ones wait in a queue of limited length; a step takes the next token of every text
 * that is being written first, then new prompts, then everything else in the order of arrival.
 *
 * <p>Before every step it drops the jobs that nobody waits for, so that a client that went away
 * costs one step at most. While somebody reads along, steps are small and so are the gaps between
 * tokens. What a job gets does not depend on the others: see {@link Decoder}.
 *
 * <p>Source of mixing at every step: Yu et al. 2022, Orca; of the paged cache: Kwon et al. 2023,
 * vLLM. Unlike there, pages are reserved for a sequence's full length, and nothing is preempted.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Engine.class.getName());

  /** Rows of a step while somebody reads along. */
  private static final int ROWS_WHILE_WRITING = 64;

  /** How soon an idle engine sees that a reader has caught up, or a waiting client has left. */
  private static final long POLL_MILLIS = 5;

  private final Limits limits;
  private final Arena arena = Arena.ofShared();
  private final PagePool pages;
  private final Decoder decoder;
  private final Batch batch;
  private final List<Planned> planned = new ArrayList<>();
  private final List<LiveJob> live = new ArrayList<>();
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private int liveJobs;
  private boolean open = true;

  /**
   * How much is taken on.
   *
   * @param live jobs that are computed at once
   * @param waiting jobs that wait; further ones are refused
   */
  public record Limits(int live, int waiting) {
    public Limits {
      if (live < 1 || waiting < 0) {
        throw new IllegalArgumentException("live %d, waiting %d".formatted(live, waiting));
      }
    }
  }

  /** Rows of a sequence in the coming step, and which of the batch's wanted rows they begin at. */
  private record Planned(LiveJob of, LiveJob.Running running, int rows, int firstWanted) {}

  /**
   * Starts the thread.
   *
   * @param pool shared with other engines; they take turns, loop by loop
   */
  public Engine(ModelWeights weights, Kernels kernels, ComputePool pool, Limits limits) {
    this.limits = limits;
    try {
      int rows = Decoder.rowsFor(weights.config());
      pages = new PagePool(arena, weights.config(), limits.live());
      decoder = new Decoder(weights, kernels, pool, pages.pages(), rows);
      batch = new Batch(rows);
      thread = Thread.ofPlatform().name("engine").daemon().unstarted(this::run);
      thread.start();
    } catch (RuntimeException | Error failure) {
      arena.close();
      throw failure;
    }
  }

  /**
   * Takes a job on. It ends in time, with a failure or without.
   *
   * @throws WroughtException OVERLOADED if as many are live and wait as may; UNAVAILABLE if the
   *     engine is being closed
   */
  public void submit(Job job) {
    lock.lock();
    try {
      if (!open) {
        throw closing();
      }
      if (liveJobs + waiting.size() >= limits.live() + limits.waiting()) {
        throw new WroughtException(
            ErrorCode.OVERLOADED,
            "%d requests are being answered and %d wait, as many as may; try again in a while"
                .formatted(liveJobs, waiting.size()));
      }
      waiting.addLast(job);
      arrival.signal();
    } finally {
      lock.unlock();
    }
  }

  private static WroughtException closing() {
    return new WroughtException(ErrorCode.UNAVAILABLE, "the model is being unloaded; try again");
  }

  /** How many pages of the cache are in use. */
  public int pagesHeld() {
    return pages.held();
  }

  /** The memory of the cache, as far as it was ever used. */
  public long cacheBytes() {
    return pages.pages().heldBytes();
  }

  private void run() {
    while (takeOn()) {
      try {
        step();
      } catch (RuntimeException | Error failure) {
        LOG.log(Level.ERROR, "A step failed", failure);
        RuntimeException told = new IllegalStateException("a step of the model failed", failure);
        List.copyOf(live).forEach(each -> end(each, Optional.of(told)));
      }
    }
    List.copyOf(live).forEach(each -> end(each, Optional.of(closing())));
  }

  /** Drops what nobody waits for, begins what may be begun. @return false when it is time to end */
  private boolean takeOn() {
    List.copyOf(live).stream()
        .filter(each -> each.job.abandoned())
        .forEach(each -> end(each, Optional.of(abandoned())));
    List<Job> next = new ArrayList<>();
    List<Job> dropped = new ArrayList<>();
    lock.lock();
    try {
      while (open && live.isEmpty() && waiting.isEmpty()) {
        arrival.awaitUninterruptibly();
      }
      for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
        Job job = jobs.next();
        boolean drop = !open || job.abandoned();
        if (drop || live.size() + next.size() < limits.live()) {
          (drop ? dropped : next).add(job);
          jobs.remove();
        }
      }
      liveJobs = live.size() + next.size();
    } finally {
      lock.unlock();
    }
    dropped.forEach(job -> job.end(Optional.of(isOpen() ? abandoned() : closing())));
    next.forEach(job -> live.add(new LiveJob(job)));
    return isOpen();
  }

  private boolean isOpen() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  private static WroughtException abandoned() {
    return new WroughtException(
        ErrorCode.CANCELLED, "the caller went away, or its deadline passed");
  }

  private void step() {
    batch.clear();
    planned.clear();
    plan();
    if (planned.isEmpty()) {
      endFinished();
      pause();
      return;
    }
    decoder.forward(batch);
    decoder.logits(batch, this::accept);
    planned.forEach(this::settle);
    endFinished();
  }

  /** Nothing can be computed now, because readers do not keep up or the cache is full. */
  private void pause() {
    lock.lock();
    try {
      if (open && !live.isEmpty() && !arrival.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException nobodyInterruptsIt) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void plan() {
    List<LiveJob> urgent = live.stream().filter(each -> each.job.urgent()).toList();
    urgent.forEach(each -> each.begin(pages));
    boolean writing = urgent.stream().anyMatch(each -> !each.running.isEmpty());
    int limit = writing ? Math.min(ROWS_WHILE_WRITING, batch.capacity()) : batch.capacity();
    urgent.forEach(each -> planRunning(each, limit, 1));
    urgent.forEach(each -> planRunning(each, limit, Integer.MAX_VALUE));
    for (LiveJob each : live) {
      if (!each.job.urgent()) {
        planRunning(each, limit, Integer.MAX_VALUE);
        while (batch.rows() < limit && each.begin(pages)) {
          plan(each, each.running.getLast(), limit);
        }
      }
    }
  }

  /** Plans a job's sequences that have at most so many rows to compute. */
  private void planRunning(LiveJob each, int limit, int mostPending) {
    for (LiveJob.Running running : each.running) {
      if (running.pending() <= mostPending
          && planned.stream().noneMatch(other -> other.running() == running)) {
        plan(each, running, limit);
      }
    }
  }

  private void plan(LiveJob each, LiveJob.Running running, int limit) {
    int rows = Math.min(running.pending(), limit - batch.rows());
    if (rows > 0 && running.sequence.ready()) {
      planned.add(new Planned(each, running, rows, batch.wantedRows()));
      batch.add(
          running.pages,
          running.sequence::token,
          running.computed,
          rows,
          running.sequence.firstWanted());
    }
  }

  /** Hands logits to the sequence whose row it is. */
  private void accept(int number, float[] logits, int at) {
    Planned plan = planOf(number);
    int first = Math.max(plan.running().computed, plan.running().sequence.firstWanted());
    try {
      plan.running().sequence.accept(first + number - plan.firstWanted(), logits, at);
    } catch (RuntimeException | LinkageError failure) {
      plan.running().failure =
          failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
  }

  /** The last plan that begins at or before a wanted row; those without wanted rows come before. */
  private Planned planOf(int number) {
    int low = 0;
    int high = planned.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (planned.get(middle).firstWanted() <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return planned.get(low);
  }

  private void settle(Planned plan) {
    LiveJob.Running running = plan.running();
    RuntimeException failure = running.failure;
    if (failure != null) {
      end(plan.of(), Optional.of(failure));
      return;
    }
    running.computed += plan.rows();
    if (running.pending() == 0 && plan.of().running.contains(running)) {
      try {
        if (!running.sequence.advance()) {
          plan.of().free(running, pages);
        }
      } catch (RuntimeException failed) {
        end(plan.of(), Optional.of(failed));
      }
    }
  }

  private void endFinished() {
    live.stream().filter(LiveJob::isOver).toList().forEach(each -> end(each, each.refused()));
  }

  /** Frees the pages first: whoever is told finds them free. */
  private void end(LiveJob each, Optional<RuntimeException> failure) {
    if (live.remove(each)) {
      each.free(pages);
      tellLive();
      each.job.end(failure);
    }
  }

  private void tellLive() {
    lock.lock();
    try {
      liveJobs = live.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all jobs with UNAVAILABLE, waits for the step in progress, and frees the cache. */
  @Override
  public void close() {
    lock.lock();
    try {
      open = false;
      arrival.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    arena.close();
  }
}
