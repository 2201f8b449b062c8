package dev.wrought.cli.standin;

import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One part of the platform as a process: told by its environment which service it is; with
 * arguments it is the broker, which only says that it is ready.
 */
public final class StandIn {
  private StandIn() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments a broker's data folder and port, or none
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> environment = System.getenv();
    if (arguments.length > 0) {
      Path folder = Files.createDirectories(Path.of(arguments[0]));
      String pid = Long.toString(ProcessHandle.current().pid());
      Files.writeString(folder.resolve("ready"), pid);
      Thread.sleep(Duration.ofMinutes(10));
      return;
    }
    Path home = Path.of(environment.getOrDefault("WROUGHT_HOME", "."));
    String port = environment.getOrDefault("WROUGHT_PORT", "");
    String own = "127.0.0.1:" + port;
    int index =
        List.of("TOKENIZER", "TRAINER", "EVAL", "SERVING").stream()
            .map(peer -> environment.getOrDefault("WROUGHT_PEERS_" + peer, ""))
            .toList()
            .indexOf(own);
    System.out.println("stand-in " + index + " on port " + port);
    System.out.println("plugins in " + environment.getOrDefault("WROUGHT_PLUGINS", ""));
    StandInServer.start(Integer.parseInt(port), service(index, home), new Faults())
        .awaitTermination();
  }

  private static BindableService service(int index, Path home) {
    boolean endless = Files.exists(home.resolve("endless"));
    return switch (index) {
      case 0 -> new StandInTokenizer(home);
      case 1 ->
          new StandInTrainer(
              home, endless ? StandInTrainer.Course.endless() : StandInTrainer.Course.smooth());
      case 2 -> new StandInEvaluation();
      case 3 -> new StandInServing();
      default -> throw new IllegalStateException("no service is at this port");
    };
  }
}
