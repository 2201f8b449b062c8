package dev.wrought.serving.engine;

import dev.wrought.core.error.WroughtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job that has been begun, and which of its sequences hold pages. For the engine's thread. */
final class LiveJob {
  final Job job;
  final List<Running> running = new ArrayList<>();
  private Optional<Sequence> upcoming;
  private Optional<RuntimeException> refused = Optional.empty();

  LiveJob(Job job) {
    this.job = job;
    upcoming = job.next();
  }

  /** A sequence that holds pages. */
  static final class Running {
    final Sequence sequence;
    final int[] pages;
    int computed;
    volatile @Nullable RuntimeException failure;

    Running(Sequence sequence, int[] pages) {
      this.sequence = sequence;
      this.pages = pages;
    }

    int pending() {
      return sequence.size() - computed;
    }
  }

  /** Gives the next sequence its pages, if there is one and they are there. @return whether */
  boolean begin(PagePool pages) {
    if (upcoming.isEmpty()) {
      return false;
    }
    Sequence sequence = upcoming.get();
    try {
      Optional<int[]> taken = pages.take(sequence.reserved());
      taken.ifPresent(pagesTaken -> {
        running.add(new Running(sequence, pagesTaken));
        upcoming = job.next();
      });
      return taken.isPresent();
    } catch (WroughtException tooLarge) {
      // It ends behind this step, which may have rows of its other sequences, and so their pages.
      refused = Optional.of(tooLarge);
      upcoming = Optional.empty();
      return false;
    }
  }

  /** Whether nothing is left to compute, or it cannot be. */
  boolean isOver() {
    return refused.isPresent() || (running.isEmpty() && upcoming.isEmpty());
  }

  /** Why it cannot be computed; empty where it can. */
  Optional<RuntimeException> refused() {
    return refused;
  }

  /** Gives the pages of a sequence back. */
  void free(Running finished, PagePool pages) {
    running.remove(finished);
    pages.giveBack(finished.pages);
  }

  /** Gives all pages back. */
  void free(PagePool pages) {
    running.forEach(each -> pages.giveBack(each.pages));
    running.clear();
  }
}
