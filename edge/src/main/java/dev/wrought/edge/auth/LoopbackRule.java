package dev.wrought.edge.auth;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests a service that is bound to loopback answers: those whose {@code Host} (HTTP/2:
 * {@code :authority}) names this machine's loopback, and whose {@code Origin}, if a browser sent
 * one, is that very host and port.
 *
 * <p>Why: a page of any site can make the browser send requests to 127.0.0.1, and by DNS rebinding
 * even read the answers. The first is told by its Origin, the second by its Host.
 *
 * @param allowedHosts names besides loopback's own under which the service may be addressed, in
 *     lower case and without ports: those of a reverse proxy
 */
public record LoopbackRule(Set<String> allowedHosts) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  /** 127.0.0.0/8, in the form a.b.c.d. */
  private static final Pattern LOOPBACK_IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

  public LoopbackRule {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Whether a bind address is reached from this machine only; no name is looked up. */
  public static boolean isLoopback(String bindAddress) {
    return LOOPBACK.contains(bindAddress) || LOOPBACK_IPV4.matcher(bindAddress).matches();
  }

  /**
   * Why a request is refused; empty: it is not.
   *
   * @param host the Host header or the authority, with its port; empty if there was none
   * @param origin the Origin header; empty if there was none
   */
  public Optional<String> refusal(String host, String origin) {
    String name = nameOf(host);
    if (!LOOPBACK.contains(name) && !allowedHosts.contains(name)) {
      return Optional.of(
          "Host %s is not this machine: use 127.0.0.1 or localhost".formatted(shown(host)));
    }
    if (!origin.isEmpty() && !isSameOrigin(origin, host)) {
      return Optional.of("pages of %s may not talk to this service".formatted(shown(origin)));
    }
    return Optional.empty();
  }

  private static boolean isSameOrigin(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }

  /** The host of {@code host:port} or {@code [address]:port}, in lower case. */
  private static String nameOf(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int end = lower.indexOf(']');
      return end < 0 ? "" : lower.substring(1, end);
    }
    int colon = lower.indexOf(':');
    return colon < 0 ? lower : lower.substring(0, colon);
  }

  /** What a client sent, fit for a line of text. */
  private static String shown(String value) {
    String clean = value.replaceAll("[^\\x21-\\x7e]", "?");
    return clean.isEmpty() ? "(none)" : clean.substring(0, Math.min(clean.length(), 80));
  }
}
