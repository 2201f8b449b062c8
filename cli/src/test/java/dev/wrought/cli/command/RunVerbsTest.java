package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInTrainer.Course;
import dev.wrought.cli.terminal.Screen;
import dev.wrought.proto.trainer.v1.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} and {@code runs ...} against stand-ins of the services: for people and as JSON. */
class RunVerbsTest {
  private final Path folder;
  @AutoClose private final StandInServices standIns;
  private final Verbs verbs;

  RunVerbsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
    StandInInstallation.recipe(folder);
  }

  @Test
  void train_isWatchedToItsEnd_andPrintsTheCheckpoint() {
    assertEquals(0, verbs.run("train", "recipes/demo.yaml"));
    assertTrue(verbs.out().endsWith("checkpoints/step-00000010\n"), verbs.out());
    assertTrue(verbs.err().contains("loss 0.900"), verbs.err());
    assertTrue(verbs.err().contains("./wrought generate --model run:demo"), verbs.err());
    assertEquals(0, verbs.run("train", "recipes/demo.yaml", "--json"));
    assertEquals("RUN_STATE_SUCCEEDED", verbs.json().get("state").asText());
  }

  @Test
  void train_thatFails_endsWithTheCodeOfItsReason() {
    standIns
        .trainer()
        .goesLike(new Course(2, Duration.ZERO, RunState.RUN_STATE_FAILED, "NonFiniteLoss", 0));
    assertEquals(6, verbs.run("train", "recipes/demo.yaml"));
    assertTrue(verbs.err().contains("demo failed after 2 steps"), verbs.err());
    assertTrue(verbs.err().contains("./wrought runs resume demo"), verbs.err());
  }

  @Test
  void train_withAWrongRecipe_saysAllThatIsWrong() throws IOException {
    Files.writeString(
        folder.resolve("wrong.yaml"),
        StandInInstallation.RECIPE.replace("layers", "layrs").replace("2e-3", "-1"));
    assertEquals(3, verbs.run("train", "wrong.yaml"));
    assertTrue(verbs.err().contains("wrong.yaml:") && verbs.err().contains("layers"), verbs.err());
  }

  @Test
  void train_dryRun_startsNothing() {
    assertEquals(0, verbs.run("train", "recipes/demo.yaml", "--dry-run"));
    assertTrue(verbs.out().contains("kind: TrainingRun"), verbs.out());
    assertTrue(verbs.err().contains("nothing was started"), verbs.err());
    assertEquals(0, verbs.run("runs", "list", "--json"));
    assertEquals(0, verbs.json().size());
  }

  @Test
  void runs_areListedShownStoppedAndResumed() {
    standIns.trainer().goesLike(Course.endless());
    assertEquals(0, verbs.run("train", "recipes/demo.yaml", "--detach"));
    assertEquals("uid-1\n", verbs.out());
    assertEquals(3, verbs.run("train", "recipes/demo.yaml", "--detach"));
    assertEquals("wrought: a live run is called demo\n", verbs.err());
    assertEquals(0, verbs.run("runs", "show", "demo"));
    assertTrue(verbs.out().contains("state       running"), verbs.out());
    assertEquals(0, verbs.run("runs", "show", "demo", "--recipe"));
    assertEquals(StandInInstallation.RECIPE, verbs.out());
    assertEquals(0, verbs.run("runs", "show", "demo", "--recipe", "--json"));
    assertEquals("demo", verbs.json().at("/metadata/name").asText(), verbs.out());
    assertEquals(0, verbs.run("runs", "stop", "demo"));
    assertTrue(verbs.err().contains("demo stopped after 0 steps"), verbs.err());
    assertEquals(0, verbs.run("runs", "stop", "demo"));
    assertTrue(verbs.err().startsWith("it has ended already:\ndemo stopped"), verbs.err());
    assertEquals(3, verbs.run("runs", "stop", "none"));
    assertEquals("wrought: no run 'none'\n", verbs.err());
    standIns.trainer().goesLike(Course.smooth());
    assertEquals(0, verbs.run("runs", "resume", "demo"));
    assertEquals(0, verbs.run("runs", "list", "--live"));
    assertEquals(1, verbs.out().lines().count());
    assertEquals(3, verbs.run("runs", "show", "none"));
    assertEquals("wrought: no run 'none'\n", verbs.err());
  }

  @Test
  void runsStop_ofARunThatIsComplete_suggestsNoResumeThatWouldBeRefused() {
    verbs.run("train", "recipes/demo.yaml");
    verbs.run("runs", "stop", "demo");
    assertFalse(verbs.err().contains("runs resume"), verbs.err());
  }

  @Test
  void runsList_onEightyColumns_fits() {
    verbs.run("train", "recipes/demo.yaml");
    assertEquals(0, verbs.on(Screen.moving(80), "runs", "list"));
    verbs
        .out()
        .lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9]*m", ""))
        .forEach(line -> assertTrue(line.length() <= 80 && !line.contains("…"), line));
    assertEquals(0, verbs.run("runs", "list"));
    assertTrue(verbs.out().contains("uid-1"), verbs.out());
  }

  @Test
  void runsShow_followed_isOneEventALineInJson() {
    verbs.run("train", "recipes/demo.yaml");
    assertEquals(0, verbs.run("runs", "show", "demo", "--follow", "--json"));
    assertEquals(13, verbs.out().lines().count());
    verbs.out().lines().forEach(line -> assertTrue(line.startsWith("{\"sequence\":"), line));
  }
}
