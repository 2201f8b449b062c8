package dev.wrought.trainer.config;

import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.trainer.forward.Forwarder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how events are getting out. Always up: without a broker runs are taken and trained as ever,
 * and their events wait; {@code degraded} says why.
 */
@Readiness
@ApplicationScoped
public class KafkaHealth implements HealthCheck {
  private final Forwarder forwarder;
  private final KafkaSettings settings;

  @Inject
  public KafkaHealth(Forwarder forwarder, KafkaSettings settings) {
    this.forwarder = forwarder;
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    Forwarder.State state = forwarder.state();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("kafka")
            .up()
            .withData("bootstrapServers", settings.bootstrapServers())
            .withData("waitingBytes", state.waitingBytes());
    return (state.connected() ? response : response.withData("degraded", state.detail())).build();
  }
}
