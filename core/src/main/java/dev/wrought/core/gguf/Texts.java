package dev.wrought.core.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * An array of strings: their bytes side by side, and where each ends. A list that makes its strings
 * as they are asked for, since 256,000 of them at once would be several times the file. Immutable.
 */
public final class Texts extends AbstractList<String> implements GgufArray, RandomAccess {
  private final byte[] utf8;
  private final int[] ends;

  /** An array of these bytes, all UTF-8, and ends, which are the caller's no longer. */
  Texts(byte[] utf8, int[] ends) {
    this.utf8 = utf8;
    this.ends = ends;
  }

  /** An array of these strings. */
  public static Texts of(List<String> strings) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    int[] ends = new int[strings.size()];
    for (int i = 0; i < ends.length; i++) {
      utf8.writeBytes(StrictUtf8.encode(strings.get(i)));
      ends[i] = utf8.size();
    }
    return new Texts(utf8.toByteArray(), ends);
  }

  @Override
  public MetadataType elementType() {
    return MetadataType.STRING;
  }

  @Override
  public int size() {
    return ends.length;
  }

  @Override
  public String get(int index) {
    int start = start(index);
    return new String(utf8, start, ends[index] - start, StandardCharsets.UTF_8);
  }

  /** A string's UTF-8 bytes. */
  public byte[] bytes(int index) {
    return Arrays.copyOfRange(utf8, start(index), ends[index]);
  }

  private int start(int index) {
    Objects.checkIndex(index, ends.length);
    return index == 0 ? 0 : ends[index - 1];
  }
}
