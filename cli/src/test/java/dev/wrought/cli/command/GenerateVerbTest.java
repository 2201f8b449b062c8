package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInServing;
import dev.wrought.cli.terminal.Screen;
import dev.wrought.proto.serving.v1.GenerateRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate} against stand-ins of the services: for people and as JSON. */
class GenerateVerbTest {
  private final Path folder;
  @AutoClose private final StandInServices standIns;
  private final Verbs verbs;

  GenerateVerbTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
    StandInInstallation.recipe(folder);
  }

  @Test
  void generate_streamsText_andSaysHowFast() {
    assertEquals(0, verbs.run("generate", "--model", "run:demo", "--seed", "7", "-t", "0", "x"));
    assertTrue(verbs.out().startsWith("Foo {\n  int bar"), verbs.out());
    assertTrue(verbs.err().contains("4 tokens, 8 tokens/s, length, seed 1"), verbs.err());
    GenerateRequest asked = standIns.serving().asked().getFirst();
    assertEquals(7, asked.getSeed());
    assertEquals("run:demo", asked.getModel());
    assertTrue(asked.hasTemperature() && !asked.hasTopP());
  }

  @Test
  void generate_onATerminal_passesNoControlCharactersOn_andElsewhereAll() {
    assertEquals(0, verbs.on(Screen.moving(80), "generate", "-m", "run:demo", "x"));
    assertTrue(verbs.out().startsWith("Foo {\n  int bar\uFFFD[2J; }\n"), verbs.out());
    assertEquals(0, verbs.run("generate", "-m", "run:demo", "x"));
    assertEquals(String.join("", StandInServing.TEXT), verbs.out());
  }

  @Test
  void generate_withoutAModel_takesTheNewestRunWithACheckpoint() {
    assertEquals(3, verbs.run("generate", "x"));
    assertTrue(verbs.err().contains("no run has a checkpoint yet"), verbs.err());
    verbs.run("train", "recipes/demo.yaml");
    assertEquals(0, verbs.run("generate", "x", "--json"));
    assertEquals("run:demo", verbs.json().get("model").asText());
    assertEquals("length", verbs.json().get("finishReason").asText());
    assertEquals(4, verbs.json().get("ids").size());
  }

  @Test
  void generate_fromACheckpointsFolder_namesItAbsolutely() throws IOException {
    Files.createDirectories(folder.resolve("checkpoint"));
    assertEquals(0, verbs.run("generate", "-m", "checkpoint", "x"));
    assertEquals(
        folder.resolve("checkpoint").toString(), standIns.serving().asked().getFirst().getModel());
  }
}
