package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest extends CorpusSourceContract {
  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new DirectorySourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    Corpora.write(place, Map.of("a", "1", "b/c", "22", "d", "333"));
    return Map.of("path", place.toString());
  }

  @Test
  void read_filesOfAllLevels_comeInPathOrder() throws IOException {
    Corpora.write(folder, Map.of("b.txt", "1", "a/z.txt", "2", "a/b/c.txt", "3", "a.txt", "4"));
    DirectorySource source = open(List.of(), List.of());
    assertEquals(
        List.of("a.txt: 4", "a/b/c.txt: 3", "a/z.txt: 2", "b.txt: 1"), Corpora.read(source));
    assertEquals(4, source.totalBytes());
  }

  @Test
  void read_globs_choose() throws IOException {
    Corpora.write(
        folder, Map.of("A.java", "1", "x/B.java", "2", "x/test/C.java", "3", "d.txt", "4"));
    assertEquals(
        List.of("A.java: 1", "x/B.java: 2"),
        Corpora.read(open(List.of("**/*.java"), List.of("**/test/**"))));
  }

  @Test
  void read_hiddenOnesAndLinks_areLeftOutAndCounted() throws IOException {
    Corpora.write(folder, Map.of(".git/objects/ab", "1", ".hidden", "2", "a", "3"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
    List<String> read = Corpora.read(open(List.of(), List.of())).stream().sorted().toList();
    assertEquals(List.of(".git! hidden", ".hidden! hidden", "a: 3", "link! link"), read);
  }

  @Test
  void read_folderThatIsALink_isFollowed() throws IOException {
    Corpora.write(folder.resolve("real"), Map.of("a", "1", "b/c", "2"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    assertEquals(List.of("a: 1", "b/c: 2"), Corpora.read(open(link, List.of(), List.of())));
  }

  private DirectorySource open(List<String> include, List<String> exclude) throws IOException {
    return open(folder, include, exclude);
  }

  private static DirectorySource open(Path folder, List<String> include, List<String> exclude)
      throws IOException {
    return new DirectorySource(folder, new PathGlobs(include, exclude));
  }
}
