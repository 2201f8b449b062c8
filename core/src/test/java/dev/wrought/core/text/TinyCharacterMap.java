package dev.wrought.core.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A table of characters with one entry, "ab" to "xyz", as SentencePiece's files have it. */
public final class TinyCharacterMap {
  /** Its nodes in the trie: each lies where its parent's children do, crossed with its byte. */
  static final int ROOT = 0;

  private static final int AFTER_ROOT = 0;
  static final int A = AFTER_ROOT ^ 'a';
  private static final int AFTER_A = 1;
  static final int B = AFTER_A ^ 'b';
  private static final int AFTER_B = 2;

  /** Any byte may come after any node. */
  private static final int BYTES = 256;

  private static final int HAS_VALUE = 1 << 8;
  private static final int IS_VALUE = 1 << 31;

  private TinyCharacterMap() {}

  public static byte[] file() {
    int[] units = new int[BYTES];
    units[ROOT] = (ROOT ^ AFTER_ROOT) << 10;
    units[A] = 'a' | (A ^ AFTER_A) << 10;
    units[B] = 'b' | HAS_VALUE | (B ^ AFTER_B) << 10;
    units[AFTER_B] = IS_VALUE;
    byte[] pool = TestTexts.utf8("xyz\0");
    ByteBuffer file =
        ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + pool.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(Integer.BYTES * units.length);
    for (int unit : units) {
      file.putInt(unit);
    }
    return file.put(pool).array();
  }
}
