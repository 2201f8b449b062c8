package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A model to text, by serving-svc. */
record WritingStage(Services services, Narration narration) {
  private static final int TOKENS = 96;
  private static final float TEMPERATURE = 0.7f;
  private static final float TOP_P = 0.95f;

  /** The same demo writes the same text. */
  private static final long SEED = 1;

  List<Sample> run(String checkpoint, List<String> prompts) {
    narration.stage("Samples", "goes on from %d beginnings".formatted(prompts.size()));
    List<Sample> samples = new ArrayList<>();
    for (String prompt : prompts) {
      samples.add(new Sample(prompt, write(checkpoint, prompt)));
    }
    return samples;
  }

  private String write(String checkpoint, String prompt) {
    GenerateRequest request =
        GenerateRequest.newBuilder()
            .setModel(checkpoint)
            .setPrompt(prompt)
            .setMaxTokens(TOKENS)
            .setTemperature(TEMPERATURE)
            .setTopP(TOP_P)
            .setSeed(SEED)
            .build();
    StringBuilder text = new StringBuilder();
    Iterator<GenerateResponse> pieces = services.serving().generate(request);
    pieces.forEachRemaining(piece -> text.append(piece.getText()));
    return text.toString();
  }
}
