package dev.wrought.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInServing;
import dev.wrought.cli.standin.StandInTokenizer;
import dev.wrought.cli.standin.StandInTrainer.Course;
import dev.wrought.cli.terminal.Screen;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.recipe.Recipe;
import dev.wrought.core.recipe.RecipeReader;
import dev.wrought.core.recipe.RunDuration;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import dev.wrought.proto.trainer.v1.SubmitRunRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo over real gRPC, with stand-ins for the four services. */
class DemonstrationTest {
  @TempDir private Path folder;

  private StandInServices standIns;
  private Services services;
  private Screen screen = Screen.plain();
  private Narration narration = new Narration(screen.terminal());

  @BeforeEach
  void start() throws IOException {
    StandInInstallation.recipe(folder);
    Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(folder.resolve("corpus/a.txt"), "Once upon a time");
    standIns = StandInServices.in(folder.resolve("home"));
    Files.createDirectories(folder.resolve("home"));
    services = new Services(standIns.portBase());
  }

  @AfterEach
  void stop() {
    services.close();
    standIns.close();
  }

  private DemoOrder order(boolean fresh) {
    return new DemoOrder(
        Optional.of(folder.resolve("corpus")), Duration.ofSeconds(90), 4096, fresh);
  }

  private DemoReport demonstrate(boolean fresh) throws InterruptedException {
    screen = Screen.plain();
    narration = new Narration(screen.terminal());
    return new Demonstration(services, narration, folder.resolve("home"), folder)
        .run(order(fresh), _ -> {});
  }

  @Test
  void demo_onAFolder_reportsWhatTheServicesSaid() throws InterruptedException {
    DemoReport report = demonstrate(false);
    ObjectNode json = report.json();

    Dataset dataset = Dataset.open(report.dataset());
    assertEquals(5000, json.get("corpusBytes").asLong());
    assertEquals(dataset.facts().total().tokens(), json.get("tokens").asLong());
    assertEquals(
        dataset.facts().wordsPer100Tokens(), json.get("wordsPer100Tokens").asDouble(), 1e-9);
    assertEquals(4_700_000, json.get("parameters").asLong());
    assertEquals(9.0, json.get("firstLoss").asDouble(), 1e-9);
    assertEquals(0.9, json.get("lastLoss").asDouble(), 1e-9);
    assertEquals(1_048_000, json.get("heldOutBytes").asLong());
    assertEquals(1.42, json.get("heldOutBitsPerByte").asDouble(), 1e-9);
    assertEquals(1.3, json.get("gzipBitsPerByte").asDouble(), 1e-9);
    assertEquals(1.6, json.get("trigramBitsPerByte").asDouble(), 1e-9);
    assertTrue(json.get("checkpoint").asText().endsWith("/checkpoints/step-00000010"));
    assertEquals(report.dataset().toString(), json.get("dataset").asText());
    assertEquals(
        String.join("", StandInServing.TEXT), json.get("samples").get(0).get("text").asText());
  }

  @Test
  void json_always_hasExactlyTheDocumentedKeys() throws InterruptedException {
    List<String> keys = new ArrayList<>();
    demonstrate(false).json().fieldNames().forEachRemaining(keys::add);
    assertEquals(
        List.of(
            "corpusBytes",
            "tokens",
            "wordsPer100Tokens",
            "parameters",
            "tokensPerSecond",
            "firstLoss",
            "lastLoss",
            "heldOutBytes",
            "heldOutBitsPerByte",
            "gzipBitsPerByte",
            "trigramBitsPerByte",
            "checkpoint",
            "dataset",
            "samples"),
        keys);
  }

  @Test
  void tokensPerSecond_ofStepsOfUnequalSpeed_isTokensOverTime() throws InterruptedException {
    // Five steps of 1000 tokens at 10,000 a second, five at 30,000: 0.5 s and a sixth of a second.
    assertEquals(15_000, demonstrate(false).json().get("tokensPerSecond").asDouble(), 1e-6);
  }

  @Test
  void recipe_thatIsSubmitted_isTheFileWithNameTimeAndArtifacts() throws InterruptedException {
    DemoReport report = demonstrate(false);
    Recipe recipe = RecipeReader.read(report.trained().run().getRecipe(), "submitted");
    assertEquals("demo", recipe.name());
    assertEquals(new RunDuration.Time(Duration.ofSeconds(90)), recipe.spec().duration());
    assertEquals(4096, recipe.spec().batch().tokens());
    assertTrue(recipe.spec().tokenizer().matches("demo@[0-9a-f]{64}"), recipe.spec().tokenizer());
    assertTrue(report.trained().run().getRecipe().contains("dataset: demo@"));
  }

  @Test
  void score_isAskedOf_theCheckpointAndTheDataset_withBaselines() throws InterruptedException {
    DemoReport report = demonstrate(false);
    assertEquals(report.checkpoint().toString(), standIns.evaluation().asked().getCheckpoint());
    assertEquals(report.dataset().toString(), standIns.evaluation().asked().getDataset());
    assertEquals(4096, standIns.evaluation().asked().getMaxBytes());
    assertTrue(standIns.evaluation().asked().getBaselines());
  }

  @Test
  void score_whereTheFirstDocumentIsLargerThanAsked_hasRoomForIt() throws InterruptedException {
    String book = "The iron was hot. ".repeat((2 << 20) / 18 + 1);
    standIns.tokenizer().holdsOut(List.of(book));
    demonstrate(false);
    assertEquals(book.length(), standIns.evaluation().asked().getMaxBytes());
    assertFalse(screen.err().contains("warning"), screen.err());
  }

  @Test
  void score_ofFewBytes_isToldToSayLittle_beforeTheTraining() throws InterruptedException {
    demonstrate(false);
    int warned = screen.err().indexOf("are held out, the score will say little");
    assertTrue(0 < warned && warned < screen.err().indexOf("Training  "), screen.err());
  }

  @Test
  void dataset_thatHoldsNothingOut_endsTheDemoBeforeTheTraining() {
    standIns.tokenizer().holdsOut(List.of());
    WroughtException failure = assertThrows(WroughtException.class, () -> demonstrate(false));
    assertEquals(ErrorCode.FAILED_PRECONDITION, failure.code());
    assertTrue(failure.getMessage().contains("add documents, a file each"), failure.getMessage());
    assertTrue(narration.leftBehind().contains("the demo ended at: Dataset"));
  }

  @Test
  void prompts_forAnyCorpus_areTheOpeningsOfHeldOutDocuments() throws InterruptedException {
    String prompt = demonstrate(false).samples().getFirst().prompt();
    assertTrue(StandInTokenizer.DOCUMENTS.getFirst().startsWith(prompt), prompt);
    assertFalse(prompt.isBlank());
  }

  @Test
  void secondDemo_sameCorpus_usesTokenizerAndDatasetAgain() throws InterruptedException {
    DemoReport first = demonstrate(false);
    DemoReport second = demonstrate(false);
    assertEquals(1, standIns.tokenizer().tokenizersMade());
    assertEquals(1, standIns.tokenizer().datasetsMade());
    assertEquals(first.dataset(), second.dataset());
    assertTrue(screen.err().contains("tokenizer demo from before: same corpus"), screen.err());
    assertTrue(screen.err().contains("dataset demo from before: same corpus"), screen.err());
  }

  @Test
  void secondDemo_fresh_makesBothAnew() throws InterruptedException {
    demonstrate(false);
    demonstrate(true);
    assertEquals(2, standIns.tokenizer().tokenizersMade());
    assertEquals(2, standIns.tokenizer().datasetsMade());
  }

  @Test
  void secondDemo_corpusChanged_makesBothAnew() throws InterruptedException, IOException {
    demonstrate(false);
    Files.writeString(folder.resolve("corpus/b.txt"), "There was more.");
    demonstrate(false);
    assertEquals(2, standIns.tokenizer().tokenizersMade());
    assertEquals(2, standIns.tokenizer().datasetsMade());
  }

  @Test
  void run_whileAnotherIsCalledDemo_isDemo2() throws InterruptedException {
    standIns.trainer().goesLike(Course.endless());
    submit();
    standIns.trainer().goesLike(Course.smooth());
    assertEquals("demo-2", demonstrate(false).trained().run().getName());
  }

  private void submit() {
    Run run =
        services
            .trainer()
            .submit(SubmitRunRequest.newBuilder().setRecipe(StandInInstallation.RECIPE).build());
    assertEquals("demo", run.getName());
  }

  @Test
  void watch_thatIsCut_isTakenUpWhereItWas() throws InterruptedException {
    standIns
        .trainer()
        .goesLike(new Course(10, Duration.ZERO, RunState.RUN_STATE_SUCCEEDED, "Completed", 4));
    DemoReport report = demonstrate(false);
    assertEquals(15_000, report.trained().tokensPerSecond(), 1e-6);
  }

  @Test
  void training_thatFails_endsWithTheCodeOfItsReason() {
    standIns
        .trainer()
        .goesLike(new Course(3, Duration.ZERO, RunState.RUN_STATE_FAILED, "NonFiniteLoss", 0));
    TrainingFailed failure = assertThrows(TrainingFailed.class, () -> demonstrate(false));
    assertEquals(ExitCode.NON_FINITE, failure.code());
    assertTrue(failure.getMessage().contains("runs resume demo"), failure.getMessage());
  }

  @Test
  void training_thatSomebodyStops_isNotScored() {
    standIns
        .trainer()
        .goesLike(new Course(3, Duration.ZERO, RunState.RUN_STATE_STOPPED, "StoppedByUser", 0));
    TrainingFailed failure = assertThrows(TrainingFailed.class, () -> demonstrate(false));
    assertEquals(ExitCode.STOPPED, failure.code());
    assertEquals("", standIns.evaluation().asked().getCheckpoint());
  }

  @Test
  void stages_thatFail_endTheDemoAndTellWhatIsKept() {
    for (String[] stage :
        new String[][] {
          {"Train", "Tokenizer", "0"},
          {"BuildDataset", "Dataset", "1"},
          {"Submit", "Training", "2"},
          {"ScoreHeldOut", "Score", "4"},
          {"Generate", "Samples", "4"}
        }) {
      standIns.faults().mend();
      standIns.faults().order(stage[0], Status.RESOURCE_EXHAUSTED.withDescription("no room"));
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> demonstrate(true), stage[0]);
      assertEquals("no room", failure.getStatus().getDescription());
      List<String> left = narration.leftBehind();
      assertTrue(left.contains("the demo ended at: " + stage[1]), left.toString());
      long kept = left.stream().filter(line -> line.startsWith("kept: ")).count();
      assertEquals(Long.parseLong(stage[2]), kept, left.toString());
    }
  }

  @Test
  void scoreWithoutBaselines_inJson_isNull() throws InterruptedException {
    standIns
        .evaluation()
        .scores(
            dev.wrought.proto.evaluation.v1.HeldOutScore.newBuilder().setBitsPerByte(2).build());
    ObjectNode json = demonstrate(false).json();
    assertTrue(json.get("gzipBitsPerByte").isNull());
    assertTrue(json.get("trigramBitsPerByte").isNull());
  }

  @Test
  void recipe_thatIsMissing_isNamedBeforeAnyWork() throws IOException {
    Files.delete(folder.resolve("recipes/demo.yaml"));
    WroughtException failure =
        assertThrows(WroughtException.class, () -> Demonstration.check(order(false), folder));
    assertTrue(failure.getMessage().contains("recipes/demo.yaml"), failure.getMessage());
  }

  @Test
  void samples_areAskedFor_withAFixedSeed() throws InterruptedException {
    demonstrate(false);
    demonstrate(false);
    assertTrue(
        StreamSupport.stream(standIns.serving().asked().spliterator(), false)
            .allMatch(request -> request.getSeed() == 1 && request.getMaxTokens() > 0));
  }
}
