package dev.wrought.eval.config;

import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.eval.benchmark.HeldOutScoring;
import dev.wrought.eval.benchmark.ModelServer;
import dev.wrought.eval.publish.OutboxPublisher;
import dev.wrought.eval.store.Feed;
import dev.wrought.eval.store.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the rooms' objects, which know nothing of the framework, and ends them. */
@Singleton
public class Wiring {
  @Produces
  @Singleton
  HeldOutScoring scoring(ModelServer server, @ConfigProperty(name = "wrought.home") Path home) {
    return new HeldOutScoring(server, home);
  }

  @Produces
  @Singleton
  OutboxPublisher publisher(KafkaSettings kafka, Outbox outbox, Feed feed) {
    return new OutboxPublisher(kafka, outbox, feed);
  }

  void start(@Observes StartupEvent event, OutboxPublisher publisher) {
    publisher.start();
  }

  void stop(@Observes ShutdownEvent event, OutboxPublisher publisher) throws InterruptedException {
    publisher.stop();
  }
}
