package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Path;
import java.util.List;

/** The names that an archive may give to its entries. */
final class EntryNames {
  private EntryNames() {}

  /**
   * Nothing is unpacked to a disk here, but an archive with such a name was made to do harm.
   *
   * @throws WroughtException INVALID_DATA if a name leads out of its archive
   */
  static void check(Path archive, String name) {
    boolean leadsOut =
        name.startsWith("/")
            || name.indexOf('\\') >= 0
            || name.indexOf('\0') >= 0
            || List.of(name.split("/", -1)).contains("..");
    if (leadsOut) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          archive
              + " has an entry '"
              + name.replace('\0', '?')
              + "', which leads out of it: refused");
    }
  }
}
