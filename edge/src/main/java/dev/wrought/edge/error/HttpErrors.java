package dev.wrought.edge.error;

import dev.wrought.core.error.WroughtException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns a {@link WroughtException} into a JSON body {@code {"error": {"code", "number",
 * "message"}}} with the fitting HTTP status.
 */
public final class HttpErrors {
  @ServerExceptionMapper
  public Response map(WroughtException failure) {
    return Response.status(httpStatus(failure))
        .type(MediaType.APPLICATION_JSON)
        .entity(
            Map.of(
                "error",
                Map.of(
                    "code", failure.code().name(),
                    "number", failure.code().number(),
                    "message", FailureMessage.of(failure))))
        .build();
  }

  static int httpStatus(WroughtException failure) {
    return switch (GrpcErrors.grpcCode(failure.code())) {
      case INVALID_ARGUMENT -> 400;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, FAILED_PRECONDITION -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      default -> 500;
    };
  }
}
