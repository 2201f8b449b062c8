package dev.wrought.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A single-node Kafka broker: {@code java -jar broker.jar DATA PORT}. Its data survives restarts
 * and kills. When clients can connect and every topic exists it writes its process id to {@code
 * DATA/ready}; SIGTERM stops it in order.
 */
public final class Broker {
  private static final String FORMATTED = "meta.properties";

  private Broker() {}

  /**
   * Runs the broker until it is stopped. When it cannot start, or go on, the process says why in a
   * line and ends with code 1.
   *
   * @param arguments the data folder and the port
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println("usage: java -jar broker.jar DATA PORT");
      System.exit(2);
    }
    try {
      run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    } catch (Exception | LinkageError failure) {
      System.err.println("the broker cannot go on: " + failure);
      // Threads that Kafka has begun would keep the process alive, and an orderly end may hang.
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(Path data, int port) throws Exception {
    Path ready = data.resolve("ready");
    Files.createDirectories(data);
    Files.deleteIfExists(ready);
    BrokerSettings settings = new BrokerSettings(data, port, freePort());
    format(data);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings.toProperties()), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
    server.startup();
    WroughtTopics.create(settings.bootstrapServers());
    Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
    server.awaitShutdown();
  }

  /** Gives an empty folder its cluster id; one that has one keeps it. */
  private static void format(Path data) throws Exception {
    if (Files.exists(data.resolve(FORMATTED))) {
      return;
    }
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setPrintStream(silent)
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setMetadataLogDirectory(data.toString())
        .addDirectory(data.toString())
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .run();
  }

  /** The controller serves only its own node, which is told the port anew at every start. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
