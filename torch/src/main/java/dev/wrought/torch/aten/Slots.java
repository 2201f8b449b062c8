package dev.wrought.torch.aten;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A thread's native memory for the arguments and results of one operator call. */
final class Slots {

  /** The longest schema that we call has 12 arguments. */
  static final int COUNT = 32;

  private static final ThreadLocal<Slots> OF_THREAD = ThreadLocal.withInitial(Slots::new);

  private final MemorySegment memory =
      Arena.ofAuto().allocate((COUNT + 1) * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
  private final MemorySegment scratch = memory.asSlice(COUNT * JAVA_LONG.byteSize());

  static MemorySegment ofThread() {
    return OF_THREAD.get().memory;
  }

  /** One slot beside the stack, for functions that return through a pointer. */
  static MemorySegment scratch() {
    return OF_THREAD.get().scratch;
  }
}
