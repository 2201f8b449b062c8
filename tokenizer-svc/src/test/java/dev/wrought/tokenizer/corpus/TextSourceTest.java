package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest extends CorpusSourceContract {
  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new TextSourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    Path file = Files.writeString(place.resolve("a.txt"), "a line\n".repeat(10_000));
    return Map.of("path", file.toString());
  }

  @Test
  void read_pieces_joinedAreTheFile() throws IOException {
    String paragraph = "One line.\nAnother one, é.\n\n";
    for (String text :
        List.of("", "short", paragraph.repeat(3000), "x".repeat(50_000), "é€𝄞".repeat(20_000))) {
      List<String> pieces = pieces(text);
      assertEquals(text, String.join("", pieces));
      for (String piece : pieces) {
        assertTrue(piece.getBytes(StandardCharsets.UTF_8).length <= TextFormat.PIECE_BYTES);
        assertTrue(!piece.contains("\uFFFD"), "a character was cut");
      }
    }
  }

  @Test
  void read_paragraphs_areCutBetweenThem() throws IOException {
    for (String lineEnd : List.of("\n", "\r\n")) {
      String paragraph = ("a line" + lineEnd).repeat(20) + lineEnd;
      List<String> pieces = pieces(paragraph.repeat(400));
      assertTrue(pieces.size() > 2);
      for (String piece : pieces) {
        assertTrue(piece.endsWith(lineEnd + lineEnd) && piece.startsWith("a line"));
      }
    }
  }

  @Test
  void read_linesOnly_areCutBetweenThem() throws IOException {
    for (String piece : pieces("some line of text\n".repeat(3000))) {
      assertTrue(piece.startsWith("some") && piece.endsWith("\n"));
    }
  }

  private List<String> pieces(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    return Corpora.read(Corpora.open(factory(), file, Map.of())).stream()
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .toList();
  }
}
