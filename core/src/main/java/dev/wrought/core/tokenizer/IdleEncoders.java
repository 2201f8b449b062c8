package dev.wrought.core.tokenizer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Encoders that nobody uses, at most as many as there are processors. A thread gets the one that it
 * gave back, if it is still there: its words are in that core's cache. Thread-safe.
 */
final class IdleEncoders {
  /** Places that threads write to lie on lines of their own. */
  private static final int APART = 16;

  private final int places = Runtime.getRuntime().availableProcessors();
  private final AtomicReferenceArray<@Nullable TextEncoder> encoders =
      new AtomicReferenceArray<>(places * APART);

  /** Takes one, if there is one. */
  Optional<TextEncoder> poll() {
    int own = own();
    for (int i = 0; i < places; i++) {
      int place = (own + i) % places * APART;
      if (encoders.get(place) != null) {
        TextEncoder encoder = encoders.getAndSet(place, null);
        if (encoder != null) {
          return Optional.of(encoder);
        }
      }
    }
    return Optional.empty();
  }

  /** Gives one back; where there is no place for it, it is forgotten. */
  void offer(TextEncoder encoder) {
    int own = own();
    for (int i = 0; i < places; i++) {
      if (encoders.compareAndSet((own + i) % places * APART, null, encoder)) {
        return;
      }
    }
  }

  private int own() {
    return (int) (Thread.currentThread().threadId() % places);
  }
}
