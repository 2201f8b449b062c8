package dev.wrought.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback. */
public final class Ports {
  private Ports() {}

  /**
   * A port for the platform's first service, such that those of all its parts are free now. Below
   * those that systems give to whoever asks for any; a multiple of ten, so that two platforms share
   * all or none.
   */
  public static int freeBase() {
    while (true) {
      int base = ThreadLocalRandom.current().nextInt(2_000, 3_200) * 10;
      if (Arrays.stream(Part.values()).allMatch(part -> free(part.port(base)))) {
        return base;
      }
    }
  }

  /** Nobody listens there now. */
  static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
