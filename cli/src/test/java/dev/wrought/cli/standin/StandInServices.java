package dev.wrought.cli.standin;

import io.grpc.BindableService;
import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The four services in this process, on four ports in a row that were free. */
public final class StandInServices implements AutoCloseable {
  private static final int ATTEMPTS = 50;

  private final Faults faults = new Faults();
  private final StandInTokenizer tokenizer;
  private final StandInTrainer trainer;
  private final StandInEvaluation evaluation = new StandInEvaluation();
  private final StandInServing serving = new StandInServing();
  private final List<Server> servers = new ArrayList<>();
  private final int portBase;

  private StandInServices(Path home) {
    tokenizer = new StandInTokenizer(home);
    trainer = new StandInTrainer(home, StandInTrainer.Course.smooth());
    portBase = start();
  }

  public static StandInServices in(Path home) {
    return new StandInServices(home);
  }

  private int start() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int base = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try {
        int port = base;
        for (BindableService service : List.of(tokenizer, trainer, evaluation, serving)) {
          servers.add(StandInServer.start(port++, service, faults));
        }
        return base;
      } catch (IOException taken) {
        close();
      }
    }
    throw new IllegalStateException("no four free ports in a row");
  }

  public int portBase() {
    return portBase;
  }

  public Faults faults() {
    return faults;
  }

  public StandInTokenizer tokenizer() {
    return tokenizer;
  }

  public StandInTrainer trainer() {
    return trainer;
  }

  public StandInEvaluation evaluation() {
    return evaluation;
  }

  public StandInServing serving() {
    return serving;
  }

  @Override
  public void close() {
    servers.forEach(Server::shutdownNow);
    servers.clear();
  }
}
