package dev.wrought.cli.client;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.local.Part;
import dev.wrought.proto.trainer.v1.WatchRunRequest;
import io.grpc.StatusRuntimeException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes over the wire while nothing is said. */
class SilentServiceTest {
  private static final int PREFACE_BYTES = 24;
  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  /** A frame of HTTP/2, RFC 9113 section 4.1. */
  private record Frame(int type, int flags) {
    static Frame read(DataInputStream in) throws IOException {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      Frame frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte());
      in.skipNBytes(4L + length);
      return frame;
    }

    boolean isPing() {
      return type == 6 && flags == 0;
    }
  }

  @Test
  void watch_inWhichNothingIsSaid_isPinged() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Services services =
          new Services(server.getLocalPort() - Part.TRAINER.port(0), Duration.ofMillis(500));
      Thread watch = Thread.ofPlatform().start(() -> watch(services));
      try (services;
          Socket socket = server.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(EMPTY_SETTINGS);
        in.skipNBytes(PREFACE_BYTES);
        socket.setSoTimeout(60_000);
        Frame frame = Frame.read(in);
        while (!frame.isPing()) {
          frame = Frame.read(in);
        }
        assertTrue(watch.isAlive());
      }
      watch.join();
    }
  }

  private static void watch(Services services) {
    assertThrows(
        StatusRuntimeException.class,
        () -> services.trainer().watch(WatchRunRequest.getDefaultInstance()).hasNext());
  }
}
