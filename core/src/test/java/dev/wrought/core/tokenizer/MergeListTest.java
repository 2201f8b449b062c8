package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import org.junit.jupiter.api.Test;

class MergeListTest {
  /** A file with tokens of one letter, of all lengths, has a merge for each way to cut each. */
  @Test
  void add_oneTooMany_isRefused() {
    MergeList merges = new MergeList(MergeList.MOST_MERGES);
    for (int merge = 0; merge < MergeList.MOST_MERGES; merge++) {
      merges.add(0, 1, 2, 3);
    }
    WroughtException refused = assertThrows(WroughtException.class, () -> merges.add(0, 1, 2, 3));
    assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    assertEquals(MergeList.MOST_MERGES, merges.size());
  }
}
