package dev.wrought.edge.auth;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Applies {@link LoopbackRule} to every request, gRPC included, before anything else sees it; and
 * refuses to start where other machines could reach the service, because it has no login.
 */
@ApplicationScoped
public class LoopbackGuard {
  /** Before routes, bodies and other filters: higher goes first. */
  private static final int PRIORITY = 10_000;

  private final String bindAddress;
  private final LoopbackRule rule;

  @Inject
  public LoopbackGuard(
      @ConfigProperty(name = "quarkus.http.host") String bindAddress,
      @ConfigProperty(name = "wrought.allowed-hosts") Optional<List<String>> allowedHosts) {
    this.bindAddress = bindAddress;
    this.rule = new LoopbackRule(Set.copyOf(allowedHosts.orElse(List.of())));
  }

  void install(@Observes Filters filters) {
    if (!LoopbackRule.isLoopback(bindAddress)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "WROUGHT_HOST is %s, which other machines can reach, and this service has no login: bind to 127.0.0.1 and put a proxy that authenticates in front (its name goes to wrought.allowed-hosts)"
              .formatted(bindAddress));
    }
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    rule.refusal(authority(request), Objects.requireNonNullElse(request.getHeader("Origin"), ""))
        .ifPresentOrElse(reason -> refuse(context, reason), context::next);
  }

  private static String authority(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? "" : authority.toString();
  }

  private static void refuse(RoutingContext context, String reason) {
    context
        .response()
        .setStatusCode(403)
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                .put(
                    "error",
                    new JsonObject().put("code", "PERMISSION_DENIED").put("message", reason))
                .encode());
  }
}
