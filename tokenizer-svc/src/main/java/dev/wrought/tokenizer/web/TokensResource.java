package dev.wrought.tokenizer.web;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Utf8;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.encoding.LoadedTokenizers;
import dev.wrought.tokenizer.encoding.SharedCores;
import dev.wrought.tokenizer.encoding.TextLimits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What the page asks: which tokenizers are stored, and what one makes of a text. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TokensResource {
  private final Artifacts artifacts;
  private final LoadedTokenizers tokenizers;
  private final SharedCores cores;

  @Inject
  public TokensResource(Artifacts artifacts, LoadedTokenizers tokenizers, SharedCores cores) {
    this.artifacts = artifacts;
    this.tokenizers = tokenizers;
    this.cores = cores;
  }

  /**
   * The tokenizers to choose from, newest first.
   *
   * @param longestText in bytes of UTF-8, of {@link #tokens}
   */
  record Choice(List<String> tokenizers, int longestText) {}

  @GET
  @Path("tokenizers")
  public Choice tokenizers() {
    return new Choice(
        artifacts.list(ArtifactKind.TOKENIZER).stream().map(Artifact::name).toList(),
        TextLimits.LONGEST);
  }

  /** A text's tokens. @param body a {@link TokensRequest} */
  @POST
  @Path("tokens")
  @Consumes(MediaType.APPLICATION_JSON)
  public TokensJson tokens(byte[] body, @Context HttpServerResponse response) {
    TokensRequest request = TokensRequest.parse(body);
    byte[] text = Utf8.bytesOf(request.text());
    TextLimits.check("the text's bytes", text.length, TextLimits.LONGEST);
    Artifact artifact = tokenizers.find(request.tokenizer());
    Tokenizer tokenizer = tokenizers.at(artifact);
    return cores.call(
        text.length,
        () -> check(response),
        () ->
            TokensJson.of(
                artifact.name(),
                tokenizer,
                text,
                tokenizer.encodeWithOffsets(text, request.options()),
                request.shown()));
  }

  /** Whoever types on takes back what was asked before. */
  private static void check(HttpServerResponse response) {
    if (response.closed()) {
      throw new WroughtException(ErrorCode.CANCELLED, "the page does not wait for this any more");
    }
  }
}
