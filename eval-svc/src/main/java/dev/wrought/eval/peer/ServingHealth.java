package dev.wrought.eval.peer;

import io.grpc.ConnectivityState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether serving-svc is there. We are ready without it: only scoring has to wait. */
@Readiness
@ApplicationScoped
public class ServingHealth implements HealthCheck {
  private final ServingPeer serving;

  @Inject
  public ServingHealth(ServingPeer serving) {
    this.serving = serving;
  }

  @Override
  public HealthCheckResponse call() {
    ConnectivityState connection = serving.connection();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("serving-svc")
            .up()
            .withData("address", serving.address())
            .withData("connection", connection.name().toLowerCase(Locale.ROOT));
    return (connection == ConnectivityState.TRANSIENT_FAILURE
            ? response.withData("degraded", "checkpoints cannot be scored until it answers")
            : response)
        .build();
  }
}
