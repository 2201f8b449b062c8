package dev.wrought.tokenizer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.wrought.core.dataset.Dataset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Chromium. What is expected of it is written in {@code src/test/browser/report.mjs};
 * the pictures that it takes are in {@code target/pictures}.
 */
class ReportPageIT {
  /** How the script says that there is no browser. */
  private static final int SKIPPED = 77;

  @TempDir Path folder;

  @Test
  void page_hostileNamesAndTokens_showsThemAsText() throws Exception {
    Reports.hostile().write(folder);
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    Process script =
        new ProcessBuilder(
                "node",
                "src/test/browser/report.mjs",
                folder.resolve(Dataset.REPORT_PAGE).toString(),
                pictures.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = script.waitFor();
    assumeFalse(code == SKIPPED, told.strip());
    assertEquals(0, code, told);
  }
}
