package dev.wrought.serving.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.serving.TinyCheckpoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Pages for a model of 77 places: five a sequence. */
class PagePoolTest {
  @Test
  void take_whileOthersHoldThePages_isEmptyUntilTheyComeBack() {
    try (Arena arena = Arena.ofConfined()) {
      PagePool pool = pool(arena, 1);
      int[] taken = pool.take(TinyCheckpoint.CONTEXT).orElseThrow();
      assertEquals(5, pool.held());
      assertTrue(pool.take(1).isEmpty());
      pool.giveBack(taken);
      assertEquals(0, pool.held());
      assertTrue(pool.take(1).isPresent());
    }
  }

  @Test
  void take_moreThanThereEverIs_isRefusedWithBothNumbers() {
    try (Arena arena = Arena.ofConfined()) {
      PagePool pool = pool(arena, 1);
      WroughtException refused = assertThrows(WroughtException.class, () -> pool.take(81));
      assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
      assertTrue(refused.getMessage().contains("81 tokens"), refused.getMessage());
      assertTrue(refused.getMessage().contains("holds 80"), refused.getMessage());
    }
  }

  @Test
  void take_withoutMemory_takesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      PagePool pool = pool(new FullAfter(arena, 3), 2);
      WroughtException refused = assertThrows(WroughtException.class, () -> pool.take(77));
      assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
      assertEquals(0, pool.held());
      assertEquals(3, pool.take(48).orElseThrow().length);
    }
  }

  private static PagePool pool(Arena arena, int sequences) {
    return new PagePool(arena, TinyCheckpoint.config("llama"), sequences);
  }

  /** Memory that is used up after some allocations. */
  private static final class FullAfter implements Arena {
    private final Arena arena;
    private int left;

    FullAfter(Arena arena, int allocations) {
      this.arena = arena;
      left = allocations;
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
      if (left-- == 0) {
        throw new OutOfMemoryError("of this test");
      }
      return arena.allocate(byteSize, byteAlignment);
    }

    @Override
    public MemorySegment.Scope scope() {
      return arena.scope();
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
