package dev.wrought.tokenizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import dev.wrought.tokenizer.grpc.FreshHome;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Chromium. What is expected of it is written in {@code src/test/browser/page.mjs}; the
 * pictures that it takes are in {@code target/pictures}.
 */
@QuarkusTest
@TestProfile(FreshHome.class)
class PageIT {
  /** How the script says that there is no browser. */
  private static final int SKIPPED = 77;

  private static final String STORED = "tiny-of-the-page";
  private static final Path GPT2 =
      Path.of(System.getProperty("wrought.data", "missing"), "tokenizer", "gpt2-tokenizer.json");

  @Inject Artifacts artifacts;
  @TempDir Path folder;

  @Test
  void page_withTwoTokenizers_showsWhatBothMakeOfTheText() throws Exception {
    store();
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    Path other = Files.exists(GPT2) ? GPT2.normalize() : TinyTokenizer.in(folder);
    Process script =
        new ProcessBuilder(
                "node",
                "src/test/browser/page.mjs",
                "http://127.0.0.1:" + port,
                pictures.toString(),
                STORED,
                other.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = script.waitFor();
    assumeFalse(code == SKIPPED, told.strip());
    assertEquals(0, code, told);
  }

  private void store() throws IOException {
    Path staged = artifacts.stage(ArtifactKind.TOKENIZER);
    TokenizerJson.write(TinyTokenizer.get(), staged.resolve(TokenizerJson.FILE));
    Tokenizer written = TokenizerJson.read(staged.resolve(TokenizerJson.FILE));
    artifacts.publish(ArtifactKind.TOKENIZER, STORED, written.digest(), staged);
  }
}
