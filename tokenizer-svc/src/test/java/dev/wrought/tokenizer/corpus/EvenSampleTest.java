package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvenSampleTest {
  private final List<Integer> taken = new ArrayList<>();
  private long bytes;

  @Test
  void over_manyDocuments_takesAShareOfEveryPart() throws IOException {
    sample(new EvenSample(10_000, 100_000), 1000, 100);
    assertEquals(100, taken.size());
    for (int part = 0; part < 10; part++) {
      int from = part * 100;
      assertEquals(10, taken.stream().filter(d -> d >= from && d < from + 100).count());
    }
  }

  @Test
  void over_anything_staysUnderTheSample() throws IOException {
    for (int size : new int[] {1, 7, 99, 5000, 100_000}) {
      taken.clear();
      bytes = 0;
      sample(new EvenSample(150_000, 50L * size), 50, size);
      assertTrue(bytes <= 150_000, size + " bytes each: " + bytes);
    }
  }

  @Test
  void over_documentsLargerThanTheSample_takesTheirBeginnings() throws IOException {
    sample(new EvenSample(300_000, 3_000_000), 3, 1_000_000);
    assertEquals(List.of(0, 1, 2), taken);
    assertEquals(300_000, bytes, 100);
  }

  @Test
  void all_takesEverything() throws IOException {
    sample(EvenSample.all(), 20, 1 << 20);
    assertEquals(20, taken.size());
  }

  private void sample(EvenSample sample, int documents, int size) throws IOException {
    byte[] content = "0123456789abcde\n".repeat(size / 16 + 1).substring(0, size).getBytes(UTF_8);
    DocumentVisitor visitor =
        sample.over(
            new DocumentVisitor() {
              @Override
              public void document(String path, long announced, Content read) throws IOException {
                taken.add(Integer.parseInt(path));
                bytes += read.read().length;
              }

              @Override
              public void dropped(String path, String reason) {
                throw new AssertionError("nothing is dropped here");
              }
            });
    for (int document = 0; document < documents; document++) {
      visitor.document(Integer.toString(document), size, () -> content);
    }
  }
}
