package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.cli.terminal.Lines;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.serving.v1.GenerateEnd;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.trainer.v1.ListRunsRequest;
import dev.wrought.proto.trainer.v1.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought generate}. */
@Command(
    description = "Let a model write; the text is streamed to standard output.",
    footer = {"", "Example: wrought generate --model run:demo --temperature 0.8 'public class '"})
final class Generate implements Callable<Integer> {
  @Mixin private final Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What it goes on from; standard input if it is left out.")
  private @Nullable String prompt;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "run:NAME (the newest checkpoint of a run) or a checkpoint's folder (default: the newest"
              + " run that has a checkpoint).")
  private @Nullable String model;

  @Option(
      names = {"-n", "--max-tokens"},
      paramLabel = "N",
      description = "At most so many tokens (default: what fits, at most 256).")
  private @Nullable Integer maxTokens;

  @Option(
      names = {"-t", "--temperature"},
      paramLabel = "T",
      description = "0: the likeliest token always; up to 2 (default: 1).")
  private @Nullable Float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Choose among the K likeliest only (default: all).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Choose among the likeliest that have P of the probability (default: 1).")
  private @Nullable Float topP;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same text.")
  private @Nullable Long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before this text; may be given several times.")
  private List<String> stop = new ArrayList<>();

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = "",
      description = "A sampler plugin (default: standard).")
  private String sampler = "";

  @Option(
      names = "--sampler-config",
      paramLabel = "YAML",
      defaultValue = "",
      description = "The sampler plugin's configuration, as in '{minP: 0.2}'; JSON is YAML, too.")
  private String samplerConfig = "";

  @Option(names = "--echo", description = "Repeat the prompt in front.")
  private boolean echo;

  Generate(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    if (maxTokens != null && maxTokens < 1) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "--max-tokens is %d; it must be 1 or more".formatted(maxTokens));
    }
    try (Services services = common.services();
        PartingWords _ = PartingWords.prepared(common.terminal(), "\nstopped")) {
      GenerateRequest request = request(model == null ? newest(services) : named(model));
      StringBuilder text = new StringBuilder();
      List<Integer> ids = new ArrayList<>();
      GenerateEnd end =
          Streams.last(
                  services.serving().generate(request),
                  piece -> {
                    text.append(piece.getText());
                    ids.addAll(piece.getIdsList());
                    show(piece);
                  })
              .getEnd();
      finish(request, text.toString(), ids, end);
    }
    return ExitCode.OK.code();
  }

  private GenerateRequest request(String chosen) {
    GenerateRequest.Builder request =
        GenerateRequest.newBuilder()
            .setModel(chosen)
            .setPrompt(
                prompt == null ? new String(Input.standard(), StandardCharsets.UTF_8) : prompt)
            .setTopK(topK)
            .addAllStop(stop)
            .setSampler(sampler)
            .setSamplerConfig(samplerConfig)
            .setEcho(echo);
    if (maxTokens != null) {
      request.setMaxTokens(maxTokens);
    }
    if (temperature != null) {
      request.setTemperature(temperature);
    }
    if (topP != null) {
      request.setTopP(topP);
    }
    if (seed != null) {
      request.setSeed(seed);
    }
    return request.build();
  }

  /** A folder becomes an absolute path, {@code run:NAME} stays. */
  private String named(String name) {
    if (name.startsWith("run:")) {
      return name;
    }
    Path folder = common.workplace().resolve(Path.of(name));
    if (!Files.isDirectory(folder)) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "there is no folder %s; a run's newest checkpoint is called run:NAME (./wrought runs list)"
              .formatted(folder));
    }
    return folder.toString();
  }

  private String newest(Services services) {
    Run run =
        services.trainer().listRuns(ListRunsRequest.getDefaultInstance()).getRunsList().stream()
            .filter(each -> !each.getCheckpoint().isEmpty())
            .findFirst()
            .orElseThrow(() ->
                new WroughtException(
                    ErrorCode.NOT_FOUND,
                    "no run has a checkpoint yet: ./wrought train recipes/llama-small.yaml makes"
                        + " one; or name a checkpoint's folder by --model"));
    common.terminal().note("model run:" + run.getName());
    return "run:" + run.getName();
  }

  /** A model may write anything; a file or a pipe gets it as it is, a terminal gets no commands. */
  private void show(GenerateResponse piece) {
    Terminal terminal = common.terminal();
    String text = piece.getText();
    if (!common.json && !text.isEmpty()) {
      terminal.text(terminal.look().interactiveOut() ? Lines.readable(text) : text);
    }
  }

  private void finish(GenerateRequest request, String text, List<Integer> ids, GenerateEnd end) {
    Terminal terminal = common.terminal();
    if (common.json) {
      terminal.result(Json.pretty(json(request, text, ids, end)));
      return;
    }
    if (!text.endsWith("\n")) {
      terminal.text("\n");
    }
    double rate = end.getCompletionTokens() / Math.max(1e-9, end.getCompletionSeconds());
    terminal.note(
        terminal.styled(
            Terminal.Style.QUIET,
            "%d tokens, %s tokens/s, %s, seed %d"
                .formatted(
                    end.getCompletionTokens(),
                    Amounts.count(Math.round(rate)),
                    end.getFinishReason(),
                    end.getSeed())));
  }

  private static ObjectNode json(
      GenerateRequest request, String text, List<Integer> ids, GenerateEnd end) {
    ObjectNode node = Json.object().put("model", request.getModel()).put("text", text);
    ArrayNode array = node.putArray("ids");
    ids.forEach(array::add);
    node.setAll(Json.of(end));
    return node;
  }
}
