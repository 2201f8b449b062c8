package dev.wrought.cli.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ten ports in a row that nobody had a moment ago. */
public final class FreePorts {
  private static final int ATTEMPTS = 50;

  private FreePorts() {}

  /** The first of them. */
  public static int base() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int base = ThreadLocalRandom.current().nextInt(2000, 3200) * 10;
      if (allFree(base)) {
        return base;
      }
    }
    throw new IOException("no ten free ports in a row");
  }

  private static boolean allFree(int base) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int port = base; port < base + 10; port++) {
        sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
      }
      return true;
    } catch (IOException taken) {
      return false;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
