package dev.wrought.tokenizer.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import dev.wrought.tokenizer.grpc.FreshHome;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page is served and what it asks, over HTTP. */
@QuarkusTest
@TestProfile(FreshHome.class)
class TokensApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** As browsers talk to a port without TLS. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port =
      ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  private String tiny = "";

  @BeforeEach
  void writeTokenizer() throws IOException {
    tiny = TinyTokenizer.in(folder).toString();
  }

  @Test
  void page_andItsParts_areServedUnderAStrictPolicy() throws Exception {
    for (String path :
        List.of(
            "/",
            "/js/main.js",
            "/js/format.js",
            "/css/tokens.css",
            "/css/page.css",
            "/fonts/source-sans-3-latin-wght-normal.woff2",
            "/mark.svg")) {
      HttpResponse<String> answer = send(request(path).build());
      assertEquals(200, answer.statusCode(), path);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.contains("default-src 'none'"), path);
      assertFalse(policy.contains("unsafe"), path);
    }
    String page = send(request("/").build()).body();
    assertFalse(page.matches("(?s).*(<style|style=|<script>| on[a-z]+=|https?://).*"));
  }

  @Test
  void tokens_ofAText_comeWithIdsBytesPlacesAndCounts() throws Exception {
    JsonNode answer = ask(question("the é").put("addSpecial", true));
    assertEquals("[258,257,32,195,169,259]", answer.path("tokens").path("id").toString());
    assertEquals("[0,0,3,4,5,6]", answer.path("tokens").path("start").toString());
    assertEquals("[0,3,4,5,6,6]", answer.path("tokens").path("end").toString());
    assertEquals("746865", answer.path("tokens").path("bytes").path(1).asText());
    assertEquals(
        "[true,false,false,false,false,true]", answer.path("tokens").path("special").toString());
    assertEquals(
        "{\"tokens\":6,\"bytes\":6,\"characters\":5,\"words\":2}",
        answer.path("counts").toString());
    assertEquals(262, answer.path("tokenizer").path("vocabularySize").asInt());
    assertEquals("tiny-tokenizer.json", answer.path("tokenizer").path("name").asText());
  }

  @Test
  void tokens_ofALongText_areAllCountedAndTheFirstListed() throws Exception {
    JsonNode answer = ask(question("the ".repeat(1 << 18)).put("shown", 10));
    assertEquals(1 << 19, answer.path("counts").path("tokens").asInt());
    assertEquals(10, answer.path("tokens").path("id").size());
    assertEquals("257", ask(question("the")).path("tokens").path("id").path(0).asText());
  }

  @Test
  void tokens_thatCannotBeTold_areRefusedWithTheReason() throws Exception {
    String tooLong = question("x".repeat((1 << 20) + 1)).toString();
    assertRefused(400, "the text's bytes: 1048577; 0 to 1048576", tooLong);
    assertRefused(404, "/no/such", question("a").put("tokenizer", "/no/such").toString());
    assertRefused(404, "nobody", question("a").put("tokenizer", "nobody").toString());
    assertRefused(400, "no tokenizer is named", question("a").put("tokenizer", "").toString());
    assertRefused(400, "shown: 10001; 0 to 10000", question("a").put("shown", 10_001).toString());
    assertRefused(
        400,
        "lone surrogate U+D800 at offset 1",
        question("a").toString().replace("\"a\"", "\"a\\ud800\""));
    assertRefused(400, "as JSON", "{");
    assertRefused(400, "as JSON", "");
    assertRefused(400, "as JSON", question("a") + "x");
    assertRefused(400, "'text'", question("a").without(List.of("text")).toString());
    assertRefused(400, "secret", question("a").put("secret", 1).toString());
  }

  @Test
  void tokens_askedForInAnotherWay_areNotAnswered() throws Exception {
    HttpRequest.Builder plain =
        request("/api/tokens").POST(BodyPublishers.ofString(question("a").toString()));
    assertEquals(
        415, send(plain.copy().setHeader("Content-Type", "text/plain").build()).statusCode());
    HttpResponse<String> foreign =
        send(
            plain
                .setHeader("Content-Type", "application/json")
                .setHeader("Origin", "http://pages.example")
                .build());
    assertEquals(403, foreign.statusCode());
    assertTrue(foreign.body().contains("http://pages.example"), foreign.body());
    assertTrue(rawGet("/api/tokenizers", "tokens.example").startsWith("HTTP/1.1 403"));
    assertTrue(rawGet("/api/tokenizers", "localhost").startsWith("HTTP/1.1 200"));
    // Told before the body is sent: the service closes the connection, and would not read it.
    String large = "Content-Type: application/json\r\nContent-Length: " + (11 << 20) + "\r\n";
    assertTrue(raw("POST /api/tokens", "localhost", large).startsWith("HTTP/1.1 413"));
  }

  private ObjectNode question(String text) {
    return JSON.createObjectNode()
        .put("tokenizer", tiny)
        .put("text", text)
        .put("allowSpecial", false)
        .put("addSpecial", false)
        .put("shown", 1_000);
  }

  private JsonNode ask(ObjectNode question) throws Exception {
    HttpResponse<String> answer = post(question.toString());
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private void assertRefused(int status, String inMessage, String body) throws Exception {
    HttpResponse<String> answer = post(body);
    assertEquals(status, answer.statusCode(), answer.body());
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertTrue(error.path("message").asText().contains(inMessage), answer.body());
    assertTrue(error.path("number").asInt() > 1000, answer.body());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(
        request("/api/tokens")
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private String rawGet(String path, String host) throws IOException {
    return raw("GET " + path, host, "");
  }

  /** What is answered to a request's head, for a host that a name server may have made this one. */
  private String raw(String request, String host, String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String head = "%s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.formatted(request, host, headers).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
