package dev.wrought.edge.auth;

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
 * Applies {@link LoopbackRule} to every request, gRPC included, before anything else sees it. A
 * service that is bound elsewhere (in a cluster) is addressed by names we cannot know: there it
 * stands aside.
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
    if (LoopbackRule.isLoopback(bindAddress)) {
      filters.register(this::check, PRIORITY);
    }
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
