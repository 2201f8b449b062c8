package dev.wrought.eval.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.event.CloudEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Chromium, of the packaged service behind a real broker. What is expected of it is
 * written in {@code src/test/browser/page.mjs}; this does what that asks for. The pictures that it
 * takes are in {@code target/pictures}.
 */
class PageIT {
  private static final Pattern STEPS = Pattern.compile("steps to (\\d+)");
  private static final Rehearsal RUN =
      new Rehearsal("0198-page-one", "page-run", 400, 20, 2, Instant.now().minusSeconds(300), 5);
  private static final Rehearsal MARKED =
      new Rehearsal(
          "0198-page-two",
          "<img src=x onerror=alert(1)><b>bold</b>",
          80,
          20,
          3,
          Instant.now().minusSeconds(60),
          6);

  @TempDir Path folder;
  private int sent;

  @Test
  void page_whileARunGoesOnAndTheServiceIsKilled_showsItAll() throws Exception {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "no chromium in PATH: apt-get install chromium");
    assumeTrue(LocalProcess.isBrokerBuilt(), LocalProcess.NO_BROKER);
    int port = LocalProcess.freePort();
    String bootstrapServers = "127.0.0.1:" + port;
    try (LocalProcess broker = LocalProcess.broker(folder.resolve("kafka"), port);
        LocalService service =
            new LocalService(folder.resolve("home"), LocalProcess.freePort(), bootstrapServers);
        Sender sender = new Sender(bootstrapServers)) {
      Path pictures = Files.createDirectories(Path.of("target", "pictures"));
      Process script =
          new ProcessBuilder(
                  "node",
                  "src/test/browser/page.mjs",
                  service.address(),
                  pictures.toString(),
                  chromium.get().toString())
              .redirectErrorStream(true)
              .start();
      String told = converse(script, service, sender);
      assertEquals(0, script.waitFor(), () -> told + "\n" + broker.log());
    }
  }

  /** Does what the script asks for until it ends; returns what else it said. */
  private String converse(Process script, LocalService service, Sender sender) throws IOException {
    StringBuilder told = new StringBuilder();
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter answers =
            new PrintWriter(script.getOutputStream(), true, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ASK ")) {
          act(line.substring(4), service, sender);
          answers.println("done");
        }
        told.append(line).append('\n');
      }
    }
    return told.toString();
  }

  private void act(String wish, LocalService service, Sender sender) throws IOException {
    Matcher steps = STEPS.matcher(wish);
    if (steps.matches()) {
      int last = Integer.parseInt(steps.group(1));
      List<CloudEvent> events = new ArrayList<>(sent == 0 ? List.of(RUN.started(1)) : List.of());
      IntStream.rangeClosed(sent + 1, last).forEach(step -> events.addAll(RUN.step(1, step)));
      sender.send(events);
      sent = last;
    } else if (wish.equals("kill")) {
      service.kill();
    } else if (wish.equals("restart")) {
      service.restart();
    } else {
      sender.send(MARKED.all());
    }
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
