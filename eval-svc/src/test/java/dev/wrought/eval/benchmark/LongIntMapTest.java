package dev.wrought.eval.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongIntMapTest {
  @Test
  void get_afterManyAdds_isWhatAHashMapSays() {
    Random random = new Random(3);
    LongIntMap map = new LongIntMap();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      long key = random.nextInt(3) == 0 ? random.nextInt(100) : random.nextLong() >>> 1;
      map.add(key, 1 + i % 3);
      expected.merge(key, 1 + i % 3, Integer::sum);
    }
    assertEquals(expected.size(), map.size());
    expected.forEach((key, count) -> assertEquals(count, map.get(key)));
    Map<Long, Integer> seen = new HashMap<>();
    map.forEach(seen::put);
    assertEquals(expected, seen);
    assertEquals(0, map.get(Long.MAX_VALUE - 1));
  }

  @Test
  void get_ofZero_countsLikeAnyKey() {
    LongIntMap map = new LongIntMap();
    assertEquals(0, map.get(0));
    map.add(0, 2);
    assertEquals(2, map.get(0));
  }
}
