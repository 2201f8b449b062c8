package dev.wrought.benchmarks.platform;

import dev.wrought.cli.local.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Ports of the loopback that nobody listens on now. */
final class FreePorts {
  /** Below the ports that Linux hands out by itself. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private FreePorts() {}

  /** A base from which the ports of all parts are free. */
  static int base() {
    SplittableRandom random = new SplittableRandom();
    for (int attempt = 0; attempt < 1000; attempt++) {
      int base = random.nextInt(LOWEST, HIGHEST);
      if (Arrays.stream(Part.values()).allMatch(part -> free(part.port(base)))) {
        return base;
      }
    }
    throw new IllegalStateException("no free ports from %d to %d".formatted(LOWEST, HIGHEST));
  }

  private static boolean free(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
