package dev.wrought.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as a process. */
class BrokerIT {
  @TempDir private Path folder;

  @Test
  void start_onAPortThatIsTaken_endsAndSaysSo() throws Exception {
    Path log = folder.resolve("log");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process broker = start(taken.getLocalPort(), log);
      try {
        assertTrue(broker.waitFor(2, TimeUnit.MINUTES), "it hangs");
        assertEquals(1, broker.exitValue());
      } finally {
        broker.destroyForcibly();
      }
    }
    String said = Files.readString(log);
    assertTrue(said.contains("the broker cannot go on: "), said);
    assertTrue(Files.notExists(folder.resolve("data/ready")));
  }

  private Process start(int port, Path log) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-classpath",
            System.getProperty("java.class.path"),
            Broker.class.getName(),
            folder.resolve("data").toString(),
            Integer.toString(port))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
