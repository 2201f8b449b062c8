package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.cli.command.Workplace;
import dev.wrought.cli.command.WroughtCommand;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.terminal.Terminal.Look;
import dev.wrought.core.checkpoint.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The verb with the recipe that it comes with, on a small corpus and for the shortest time. */
@ExtendWith(SharedPlatform.class)
class DemoIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void demo_onATinyCorpus_makesAModelThatWrites(PlatformUnderTest platform) throws IOException {
    JsonNode report =
        demo(platform, TinyCorpus.write(platform.home().folder().resolve("demo-corpus")));
    assertTrue(
        report.get("lastLoss").asDouble() < report.get("firstLoss").asDouble(), report.toString());
    assertTrue(report.get("heldOutBytes").asLong() > 0, report.toString());
    for (String figure :
        new String[] {"heldOutBitsPerByte", "gzipBitsPerByte", "trigramBitsPerByte"}) {
      double bits = report.get(figure).asDouble();
      assertTrue(bits > 0 && bits < 8, figure + ": " + report);
    }
    assertFalse(report.get("samples").isEmpty(), report.toString());
    Path checkpoint = Path.of(report.get("checkpoint").asText());
    assertTrue(Files.isRegularFile(checkpoint.resolve(Checkpoint.WEIGHTS)), report.toString());
    assertTrue(Files.isRegularFile(checkpoint.resolve("MODEL_CARD.md")), report.toString());
  }

  private static JsonNode demo(PlatformUnderTest platform, Path corpus) throws IOException {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    Workplace place =
        new Workplace(
            new Terminal(results, System.out, Look.plain()), Map.of(), Jars.ROOT, Jars.ROOT);
    String[] words = {
      "demo",
      "--corpus=" + corpus,
      "--minutes=0.1",
      "--json",
      "--home=" + platform.home().folder(),
      "--port-base=" + platform.portBase()
    };
    assertEquals(0, WroughtCommand.commandLine(place, words).execute(words));
    return JSON.readTree(results.toByteArray());
  }
}
