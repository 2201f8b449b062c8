package dev.wrought.tokenizer.corpus;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The system's libdeflate, with java.lang.foreign. It unpacks what lies in memory as a whole in a
 * third of the time of the JDK's zlib. Source: libdeflate.h of version 1.14, whose functions used
 * here are as they were in 1.0. Thread-safe.
 */
final class Libdeflate {
  private static final List<String> NAMES = List.of("libdeflate.so.0", "libdeflate.0.dylib");
  private static final int SUCCESS = 0;
  private static final int BAD_DATA = 1;

  private static final Optional<Libdeflate> SYSTEM =
      NAMES.stream().flatMap(name -> load(name).stream()).findFirst();

  private final MethodHandle newDecompressor;
  private final MethodHandle decompress;
  private final MethodHandle freeDecompressor;

  private Libdeflate(SymbolLookup library) {
    newDecompressor = function(library, "alloc_decompressor", FunctionDescriptor.of(ADDRESS));
    decompress =
        function(
            library,
            "deflate_decompress",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
            Linker.Option.critical(true)); // arrays as they are; a document takes milliseconds
    freeDecompressor = function(library, "free_decompressor", FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor signature, Linker.Option... options) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow("libdeflate_" + name), signature, options);
  }

  /** The one that is installed, if any is. */
  static Optional<Libdeflate> system() {
    return SYSTEM;
  }

  private static Optional<Libdeflate> load(String name) {
    try {
      return Optional.of(new Libdeflate(SymbolLookup.libraryLookup(name, Arena.global())));
    } catch (IllegalArgumentException | NoSuchElementException missing) {
      return Optional.empty();
    }
  }

  /**
   * Unpacks a raw deflate stream (RFC 1951).
   *
   * @param content filled to its last byte
   * @throws ZipException if it is no such stream, or has another length
   */
  void unpack(MemorySegment packed, MemorySegment content) throws ZipException {
    switch (decompress(packed, content)) {
      case SUCCESS -> {}
      case BAD_DATA -> throw new ZipException("what is packed is damaged");
      default ->
          throw new ZipException(
              "it does not have the %d bytes that it announces".formatted(content.byteSize()));
    }
  }

  private int decompress(MemorySegment packed, MemorySegment content) {
    try {
      MemorySegment decompressor = (MemorySegment) newDecompressor.invokeExact();
      if (decompressor.address() == 0) {
        throw new OutOfMemoryError("no memory to unpack with");
      }
      try {
        return (int)
            decompress.invokeExact(
                decompressor,
                packed,
                packed.byteSize(),
                content,
                content.byteSize(),
                MemorySegment.NULL);
      } finally {
        freeDecompressor.invokeExact(decompressor);
      }
    } catch (OutOfMemoryError full) {
      throw full;
    } catch (Throwable failure) {
      throw new IllegalStateException("libdeflate cannot be called", failure);
    }
  }
}
