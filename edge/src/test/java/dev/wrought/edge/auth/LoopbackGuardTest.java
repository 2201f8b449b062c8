package dev.wrought.edge.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGuardTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7", "gateway.internal"})
  void install_boundWhereOthersReachIt_refusesToStart(String address) {
    Filters filters = new Filters();
    WroughtException refusal =
        assertThrows(
            WroughtException.class,
            () -> new LoopbackGuard(address, Optional.empty()).install(filters));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refusal.code());
    assertTrue(refusal.getMessage().contains(address), refusal.getMessage());
  }

  @Test
  void install_boundToLoopback_checksEveryRequest() {
    Filters filters = new Filters();
    new LoopbackGuard("127.0.0.1", Optional.empty()).install(filters);
    assertEquals(1, filters.getFilters().size());
  }
}
