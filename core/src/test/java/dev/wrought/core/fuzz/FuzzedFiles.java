package dev.wrought.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several files in one input, with a byte between them that UTF-8 has nowhere. */
public final class FuzzedFiles {
  /** The byte between them. */
  public static final byte SEPARATOR = (byte) 0xFF;

  private FuzzedFiles() {}

  /** So many files of an input; the last may have separators in it, missing ones are empty. */
  public static List<byte[]> of(byte[] input, int count) {
    List<byte[]> files = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < input.length && files.size() < count - 1; at++) {
      if (input[at] == SEPARATOR) {
        files.add(Arrays.copyOfRange(input, from, at));
        from = at + 1;
      }
    }
    files.add(Arrays.copyOfRange(input, from, input.length));
    while (files.size() < count) {
      files.add(new byte[0]);
    }
    return files;
  }

  /** The input of these files. */
  public static byte[] joined(byte[]... files) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (int file = 0; file < files.length; file++) {
      if (file > 0) {
        input.write(SEPARATOR);
      }
      input.writeBytes(files[file]);
    }
    return input.toByteArray();
  }
}
