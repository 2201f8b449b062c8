package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** Words to verbs: what is understood, what is not and what is then said. No service is there. */
class CommandLineTest {
  /** Where nobody listens: the last ports that exist. */
  private static final int NOBODY = 65_520;

  @TempDir private Path folder;
  private Verbs verbs = new Verbs(Path.of("."), NOBODY);

  @BeforeEach
  void prepare() {
    verbs = new Verbs(folder, NOBODY);
  }

  private static List<CommandLine> leaves(CommandLine line) {
    List<CommandLine> found = new ArrayList<>();
    for (CommandLine verb : line.getSubcommands().values()) {
      found.addAll(verb.getSubcommands().isEmpty() ? List.of(verb) : leaves(verb));
    }
    return found;
  }

  private static boolean has(CommandLine verb, String option) {
    return verb.getCommandSpec().options().stream()
        .map(OptionSpec::names)
        .flatMap(Arrays::stream)
        .anyMatch(option::equals);
  }

  /** What they print is for a shell and for man. */
  private static final Set<String> TEXTS = Set.of("wrought completion", "wrought man");

  @Test
  void verbs_allOfThem_haveHelpJsonAndExitCodes() {
    for (CommandLine verb : leaves(verbs.line())) {
      String name = verb.getCommandSpec().qualifiedName();
      if (verb.getCommand() instanceof Launched) {
        continue;
      }
      String help = verb.getUsageMessage(Ansi.OFF);
      assertTrue(has(verb, "--help"), name);
      assertEquals(!TEXTS.contains(name), has(verb, "--json"), name);
      assertTrue(help.contains("\nExit codes:\n   0") && help.contains("\n   1 "), help);
      help.lines().forEach(line -> assertTrue(line.length() <= 80, name + ": " + line));
    }
  }

  @Test
  void issue_listsVerbs_thatAllExist() {
    List<String> names =
        leaves(verbs.line()).stream().map(verb -> verb.getCommandSpec().qualifiedName()).toList();
    for (String verb :
        List.of(
            "up",
            "down",
            "status",
            "logs",
            "demo",
            "tokenizer train",
            "tokenizer encode",
            "tokenizer decode",
            "tokenizer inspect",
            "tokenizer convert",
            "dataset build",
            "dataset inspect",
            "train",
            "runs list",
            "runs show",
            "runs stop",
            "runs resume",
            "generate",
            "test",
            "doctor",
            "bench")) {
      assertTrue(names.contains("wrought " + verb), verb);
    }
  }

  @Test
  void help_ofTheWholeAndOfItsOutline_areTheSame() {
    String whole = verbs.line().getUsageMessage(Ansi.OFF);
    assertEquals(whole, verbs.line("--help").getUsageMessage(Ansi.OFF));
    assertEquals(1, verbs.line("demo").getSubcommands().size());
  }

  @Test
  void verb_thatIsMisspelt_isGuessed() {
    assertEquals(2, verbs.run("tokeniser", "list"));
    assertEquals(
        "wrought: unknown verb \"tokeniser\"; did you mean \"tokenizer\"?",
        verbs.errLines().getFirst());
    assertEquals(2, verbs.run("runs", "shaw", "demo"));
    assertEquals(
        "wrought: unknown verb \"shaw\"; did you mean \"show\"?", verbs.errLines().getFirst());
    assertEquals("see: ./wrought runs --help", verbs.errLines().get(1));
    assertEquals("", verbs.out());
  }

  @Test
  void verb_likeNoOther_isNotGuessed() {
    assertEquals(2, verbs.run("xyzzy"));
    assertEquals("wrought: unknown verb \"xyzzy\"", verbs.errLines().getFirst());
  }

  @Test
  void option_thatIsMisspelt_isGuessed() {
    assertEquals(2, verbs.run("generate", "--temprature=0.5", "x"));
    assertEquals(
        "wrought: unknown option --temprature; did you mean \"--temperature\"?",
        verbs.errLines().getFirst());
  }

  @Test
  void value_ofTheWrongKind_isNamedInPlainWords() {
    assertEquals(2, verbs.run("demo", "--minutes", "long"));
    assertEquals(
        "wrought: Invalid value for option '--minutes': 'long' is not a number",
        verbs.errLines().getFirst());
    assertEquals(2, verbs.run("logs", "-n", "1.5"));
    assertTrue(verbs.err().contains("is not a whole number"), verbs.err());
    assertEquals(2, verbs.errLines().size());
  }

  @Test
  void noun_withoutAVerb_listsThem() {
    assertEquals(2, verbs.run("runs"));
    assertTrue(verbs.err().contains("needs a verb: list, show, stop, resume"), verbs.err());
  }

  @Test
  void argument_thatIsMissing_isNamed() {
    assertEquals(2, verbs.run("train"));
    assertTrue(verbs.err().contains("RECIPE"), verbs.err());
    assertEquals(2, verbs.run("dataset", "build", "x"));
    assertTrue(verbs.err().contains("--tokenizer"), verbs.err());
  }

  @Test
  void input_thatIsOutOfRange_isWrongInput() {
    assertEquals(3, verbs.run("demo", "--minutes", "0"));
    assertEquals(1, verbs.errLines().size());
    assertEquals(3, verbs.run("demo", "--held-out", "5G"));
    assertEquals(3, verbs.run("demo", "--held-out", "much"));
    assertEquals(3, verbs.run("status", "--port-base", "1"));
    assertEquals(3, verbs.run("logs", "evil"));
    assertEquals(3, verbs.run("train", "none.yaml"));
    assertTrue(verbs.err().contains("no file " + folder.resolve("none.yaml")), verbs.err());
    assertEquals(3, verbs.run("tokenizer", "train", "x", "--corpus", "none"));
    assertEquals(3, verbs.run("tokenizer", "train", "x", "--corpus", "http://169.254.169.254/x"));
    assertTrue(verbs.err().contains("a file or folder of this machine"), verbs.err());
    assertEquals(3, verbs.run("tokenizer", "train", "x", "--corpus", ".", "--weight", "0"));
    assertTrue(verbs.err().contains("is 0; it must be above 0"), verbs.err());
  }

  @Test
  void verbs_thatAskAService_sayThatItIsAbsent() throws IOException {
    Files.writeString(folder.resolve("r.yaml"), "a: b");
    for (String[] words :
        new String[][] {
          {"tokenizer", "list"},
          {"tokenizer", "inspect", "demo"},
          {"tokenizer", "encode", "demo", "text"},
          {"tokenizer", "decode", "demo", "1"},
          {"tokenizer", "train", "x", "--corpus", "r.yaml"},
          {"dataset", "list"},
          {"dataset", "build", "x", "--tokenizer", "t", "--corpus", "r.yaml"},
          {"train", "r.yaml"},
          {"runs", "list"},
          {"runs", "show", "demo"},
          {"runs", "stop", "demo"},
          {"runs", "resume", "demo"},
          {"generate", "--model", "run:demo", "x"},
        }) {
      assertEquals(5, verbs.run(words), String.join(" ", words));
      String said = verbs.errLines().getLast();
      assertTrue(
          said.matches(
              "wrought: the [a-z]+ service does not answer on port 6552[0-9]: start the platform with ./wrought up .*"),
          said);
      assertEquals("", verbs.out());
    }
  }

  @Test
  void status_ofNothing_isFive_andSuggestsUp() {
    assertEquals(5, verbs.run("status"));
    assertTrue(verbs.out().contains("broker     stopped"), verbs.out());
    assertTrue(verbs.err().contains("./wrought up"), verbs.err());
    assertEquals(5, verbs.run("status", "--json"));
    assertTrue(verbs.out().startsWith("[ {"), verbs.out());
    assertEquals("", verbs.err());
  }

  @Test
  void down_ofNothing_isFine() {
    assertEquals(0, verbs.run("down"));
    assertEquals("the platform was not running\n", verbs.err());
    assertEquals(0, verbs.run("down", "--json"));
    assertTrue(verbs.out().contains("\"stopped\" : false"), verbs.out());
  }

  @Test
  void doctor_looksForWhatTheReadmeAsksFor() {
    verbs.run("doctor");
    for (String need : List.of("JDK", "Node", "npm", "memory", "disk", "libtorch")) {
      assertTrue(verbs.out().matches("(?s).*(ok|warning|PROBLEM) +" + need + " .*"), verbs.out());
    }
  }

  @Test
  void launchedVerbs_sayWhoStartsThem() {
    assertEquals(3, verbs.run("bench", "train", "--json"));
    assertTrue(verbs.err().contains("./wrought bench train"), verbs.err());
    assertEquals(3, verbs.run("test", "-m", "cli"));
    assertTrue(verbs.err().contains("./wrought test -m cli"), verbs.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bench                    | Missing required parameter: 'NAME'
          bench train --round 3    | unknown option --round; did you mean "--rounds"?
          bench train --rounds 0   | --rounds is 0, it must be at least 1
          bench train --rounds x   | is not a whole number
          logs -n -3               | --lines is -3, it must be at least 0
          bench trian              | expected one of [train, generate, tokenizer]
          """)
  void verb_wrongUsage_isToldAndTwo(String words, String message) {
    assertEquals(2, verbs.run(words.split(" ")));
    assertTrue(verbs.err().contains(message), verbs.err());
  }

  @Test
  void version_isOneLine_orADocument() {
    assertEquals(0, verbs.run("--version"));
    assertTrue(verbs.out().matches("wrought \\S+ \\(JDK .*\\)\n"), verbs.out());
    assertEquals(0, verbs.run("version", "--json"));
    assertTrue(verbs.out().contains("\"jdk\""), verbs.out());
  }

  @Test
  void manual_hasEveryVerb_andNoRequestsOfItsOwn() {
    assertEquals(0, verbs.run("man"));
    for (CommandLine verb : leaves(verbs.line())) {
      assertTrue(
          verbs.out().contains(".SH \"" + verb.getCommandSpec().qualifiedName() + "\""),
          verb.getCommandName());
    }
    verbs
        .out()
        .lines()
        .filter(line -> line.startsWith("."))
        .forEach(line -> assertTrue(line.matches("\\.(TH|SH|nf|fi)\\b.*"), line));
  }

  @Test
  void completion_forBash_isAScriptThatBashReads() {
    assertEquals(0, verbs.run("completion", "bash"));
    assertEquals(0, reads("bash", verbs.out()));
    assertTrue(verbs.out().contains("tokenizer"), verbs.out());
  }

  @Test
  void completion_forFish_hasEveryVerbAndOption() {
    assertEquals(0, verbs.run("completion", "FISH"));
    String script = verbs.out();
    assertTrue(script.contains("-a demo -d 'Make a language model"), script);
    assertTrue(script.contains("-l minutes -r -d"), script);
    assertTrue(script.contains("and __fish_seen_subcommand_from encode' -l allow-special"), script);
    script
        .lines()
        .forEach(line -> assertEquals(0, line.chars().filter(c -> c == '\'').count() % 2, line));
  }

  /** The exit code of a shell that only reads. */
  private static int reads(String shell, String script) {
    try {
      Process process = new ProcessBuilder(shell, "-n").redirectErrorStream(true).start();
      process.getOutputStream().write(script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      process.getOutputStream().close();
      return process.waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Test
  void sizes_areDecimal_withUnits() {
    assertEquals(0, Sizes.bytes("--sample", "0"));
    assertEquals(800_000, Sizes.bytes("--sample", "800k"));
    assertEquals(50_000_000, Sizes.bytes("--sample", " 50MB "));
    assertEquals(1_500_000_000, Sizes.bytes("--sample", "1.5G"));
  }
}
