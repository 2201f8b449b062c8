package dev.wrought.core.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenShardsTest {
  /** What Megatron-LM's own builder writes for the documents [1, 2, 3] and [258]. */
  private static final String MEGATRON_INDEX =
      "4d4d494449445800"
          + "00" // MMIDIDX, two zero bytes
          + "0100000000000000" // version
          + "08" // uint16
          + "0200000000000000" // sequences
          + "0300000000000000" // document indices
          + "03000000"
          + "01000000" // lengths
          + "0000000000000000"
          + "0600000000000000" // pointers
          + "0000000000000000"
          + "0100000000000000"
          + "0200000000000000"; // documents

  @TempDir Path folder;

  private Path prefix() {
    return folder.resolve("train");
  }

  @Test
  void write_twoDocuments_isMegatronsFormatToTheByte() throws IOException {
    write(50_000, new int[] {1, 2, 3}, new int[] {258});
    assertEquals(MEGATRON_INDEX, hex("train.idx"));
    assertEquals("0100020003000201", hex("train.bin"));
  }

  @Test
  void read_whatWasWritten_comesBackAtBothWidths() throws IOException {
    for (int vocabulary : new int[] {65_499, 65_500}) {
      int top = vocabulary - 1;
      write(vocabulary, new int[] {0, top, 7}, new int[] {}, new int[] {top});
      assertEquals(vocabulary == 65_499 ? 8 : 16, Files.size(folder.resolve("train.bin")));
      try (TokenShards shards = TokenShards.open(prefix())) {
        assertEquals(3, shards.documents());
        assertEquals(4, shards.tokens());
        assertArrayEquals(new int[] {0, top, 7}, shards.document(0));
        assertArrayEquals(new int[] {}, shards.document(1));
        assertArrayEquals(new int[] {top}, shards.document(2));
        assertEquals(3, shards.documentOffset(2));
        int[] across = new int[3];
        shards.read(1, across);
        assertArrayEquals(new int[] {top, 7, top}, across);
      }
    }
  }

  @Test
  void read_documentsOfSeveralSequences_asMegatronAllows() throws IOException {
    write(1000, new int[] {1, 2, 3}, new int[] {4});
    byte[] index = Files.readAllBytes(folder.resolve("train.idx"));
    index[26] = 2; // one document: from sequence 0 to 2
    byte[] shorter = Arrays.copyOf(index, index.length - 8);
    shorter[shorter.length - 8] = 2;
    Files.write(folder.resolve("train.idx"), shorter);
    try (TokenShards shards = TokenShards.open(prefix())) {
      assertEquals(1, shards.documents());
      assertArrayEquals(new int[] {1, 2, 3, 4}, shards.document(0));
    }
  }

  @Test
  void read_outOfBounds_isRefused() throws IOException {
    write(1000, new int[] {1, 2, 3});
    try (TokenShards shards = TokenShards.open(prefix())) {
      for (long offset : new long[] {-1, 2, 4, Long.MAX_VALUE, Long.MIN_VALUE}) {
        assertThrows(
            IndexOutOfBoundsException.class, () -> shards.read(offset, new int[2]), "" + offset);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> shards.document(1));
      assertThrows(IndexOutOfBoundsException.class, () -> shards.documentLength(-1));
    }
  }

  @Test
  void open_anyByteOfTheIndexChanged_isRefused() throws IOException {
    write(1000, new int[] {1, 2, 3}, new int[] {4});
    byte[] intact = Files.readAllBytes(folder.resolve("train.idx"));
    Random random = new Random(1);
    for (int at = 0; at < intact.length; at++) {
      byte[] damaged = intact.clone();
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(folder.resolve("train.idx"), damaged);
      WroughtException refused =
          assertThrows(WroughtException.class, () -> TokenShards.open(prefix()), "byte " + at);
      assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
    }
  }

  @Test
  void open_truncatedAnywhere_isRefused() throws IOException {
    write(1000, new int[] {1, 2, 3}, new int[] {4});
    byte[] intact = Files.readAllBytes(folder.resolve("train.idx"));
    for (int length = 0; length < intact.length; length++) {
      Files.write(folder.resolve("train.idx"), Arrays.copyOf(intact, length));
      assertThrows(WroughtException.class, () -> TokenShards.open(prefix()));
    }
    Files.write(folder.resolve("train.idx"), intact);
    Files.write(folder.resolve("train.bin"), new byte[6]);
    assertThrows(WroughtException.class, () -> TokenShards.open(prefix()));
  }

  @Test
  void close_beforeFinish_leavesNothing() throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix(), 1000)) {
      writer.add(new int[] {1});
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.findAny().isPresent());
    }
  }

  @Test
  void add_tokenOutsideTheVocabulary_isRefused() throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix(), 1000)) {
      assertThrows(IllegalArgumentException.class, () -> writer.add(new int[] {1000}));
      assertThrows(IllegalArgumentException.class, () -> writer.add(new int[] {-1}));
    }
  }

  @Test
  void write_manyDocuments_growsAsNeeded() throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix(), 1000)) {
      for (int document = 0; document < 3_000; document++) {
        writer.add(new int[document % 7]);
      }
      writer.finish();
      assertEquals(3_000, writer.documents());
    }
    try (TokenShards shards = TokenShards.open(prefix())) {
      assertEquals(3_000, shards.documents());
      assertTrue(shards.documentLength(6) == 6);
    }
  }

  /** More than is written at once, ending within, at and behind the end of that. */
  @Test
  void write_longDocuments_comeBackAtBothWidths() throws IOException {
    int[] lengths = {1, 32_767, 32_768, 1, 65_535, 70_001, 0, 200_000, 3};
    for (int vocabulary : new int[] {60_000, 70_000}) {
      int[][] documents = new int[lengths.length][];
      for (int document = 0; document < lengths.length; document++) {
        documents[document] = new int[lengths[document]];
        int first = 7919 * document;
        Arrays.setAll(documents[document], i -> (first + 31 * i) % vocabulary);
      }
      write(vocabulary, documents);
      try (TokenShards shards = TokenShards.open(prefix())) {
        for (int document = 0; document < lengths.length; document++) {
          assertArrayEquals(documents[document], shards.document(document));
        }
      }
    }
  }

  @Test
  void read_severalShards_isAsIfTheyWereOne() throws IOException {
    int[][] documents = {{1, 2, 3}, {}, {4}, {5, 6}, {}, {}, {7, 8, 9, 10}};
    List<Integer> tokens = Arrays.stream(documents).flatMapToInt(Arrays::stream).boxed().toList();
    for (int[] ends : new int[][] {{7}, {1, 7}, {1, 2, 4, 6, 7}, {3, 4, 5, 6, 7}}) {
      int begin = 0;
      for (int shard = 0; shard < ends.length; shard++) {
        Path shardPrefix = TokenShards.shardPrefix(prefix(), shard);
        write(shardPrefix, 1000, Arrays.copyOfRange(documents, begin, ends[shard]));
        begin = ends[shard];
      }
      try (TokenShards shards = TokenShards.open(prefix())) {
        String message = Arrays.toString(ends);
        assertEquals(documents.length, shards.documents(), message);
        assertEquals(tokens.size(), shards.tokens(), message);
        long offset = 0;
        for (int document = 0; document < documents.length; document++) {
          assertEquals(offset, shards.documentOffset(document), message);
          assertArrayEquals(documents[document], shards.document(document), message);
          offset += documents[document].length;
        }
        for (int from = 0; from <= tokens.size(); from++) {
          int[] read = new int[tokens.size() - from];
          shards.read(from, read);
          assertEquals(
              tokens.subList(from, tokens.size()), Arrays.stream(read).boxed().toList(), message);
        }
      }
    }
  }

  @Test
  void finish_tellsDigestsAndOccurrences() throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix(), 5)) {
      writer.add(new int[] {1, 4, 0});
      writer.add(new int[] {4, 0});
      Map<String, String> digests = writer.finish();
      writer.force();
      assertEquals(
          Map.of(
              "train.bin",
              Sha256.of(folder.resolve("train.bin")),
              "train.idx",
              Sha256.of(folder.resolve("train.idx"))),
          digests);
      assertArrayEquals(new long[] {2, 1, 0, 0, 2}, writer.occurrences());
    }
  }

  private void write(int vocabulary, int[]... documents) throws IOException {
    write(prefix(), vocabulary, documents);
  }

  private static void write(Path prefix, int vocabulary, int[]... documents) throws IOException {
    try (ShardWriter writer = ShardWriter.create(prefix, vocabulary)) {
      for (int[] document : documents) {
        writer.add(document);
      }
      writer.finish();
    }
  }

  private String hex(String file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(folder.resolve(file)));
  }
}
