package dev.wrought.eval.ingest;

import dev.wrought.edge.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while no broker answers: pages and queries work, but nothing new comes. */
@Readiness
@ApplicationScoped
public class BrokerReadiness implements HealthCheck {
  private final BrokerState broker;
  private final KafkaSettings settings;

  @Inject
  public BrokerReadiness(BrokerState broker, KafkaSettings settings) {
    this.broker = broker;
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    BrokerState.Snapshot now = broker.now();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("kafka")
            .status(now.connected())
            .withData("bootstrapServers", settings.bootstrapServers());
    return (now.connected()
            ? response.withData("lag", now.lag())
            : response.withData("degraded", now.detail()))
        .build();
  }
}
