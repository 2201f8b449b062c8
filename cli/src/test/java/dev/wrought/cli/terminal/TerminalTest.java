package dev.wrought.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.terminal.Terminal.Look;
import dev.wrought.cli.terminal.Terminal.ReaderGone;
import dev.wrought.cli.terminal.Terminal.Style;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static Look look(String terminals, String columns, Map<String, String> environment) {
    Properties properties = new Properties();
    properties.setProperty("wrought.terminals", terminals);
    properties.setProperty("wrought.columns", columns);
    return Terminal.look(properties, environment);
  }

  @Test
  void look_withoutTerminals_isPlain() {
    assertEquals(Look.plain().columns(), look("", "", Map.of()).columns());
    Look look = look("", "", Map.of("TERM", "xterm"));
    assertFalse(look.interactiveErr() || look.interactiveOut());
  }

  @Test
  void look_onATerminal_movesAndHasColours() {
    Look look = look("012", "132", Map.of("TERM", "xterm", "LANG", "en_GB.UTF-8"));
    assertEquals(new Look(true, true, true, true, 132), look);
  }

  @Test
  void look_ofADumbTerminal_doesNotMove() {
    assertFalse(look("012", "80", Map.of("TERM", "dumb")).interactiveErr());
    assertFalse(look("012", "80", Map.of()).interactiveErr());
    assertFalse(look("012", "80", Map.of("TERM", "dumb")).colour());
  }

  @Test
  void colour_withNoColor_isOff_unlessItIsEmpty() {
    assertFalse(look("012", "80", Map.of("TERM", "xterm", "NO_COLOR", "1")).colour());
    assertTrue(look("012", "80", Map.of("TERM", "xterm", "NO_COLOR", "")).colour());
  }

  @Test
  void columns_areTheTerminals_thenTheVariables_thenEighty() {
    Map<String, String> variable = Map.of("COLUMNS", "100");
    assertEquals(40, look("2", "40", variable).columns());
    assertEquals(100, look("2", "", variable).columns());
    assertEquals(80, look("2", "0", Map.of("COLUMNS", "wide")).columns());
    assertEquals(20, look("2", "3", Map.of()).columns());
  }

  @Test
  void unicode_isAsTheFirstLocaleVariableSays() {
    assertTrue(look("2", "", Map.of("LANG", "C.utf8")).unicode());
    assertFalse(look("2", "", Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8")).unicode());
    assertFalse(look("2", "", Map.of()).unicode());
  }

  @Test
  void styles_goToTheStreamsThatAreTerminals() {
    Terminal piped = Screen.of(new Look(true, false, true, true, 80)).terminal();
    assertEquals("x", piped.styledResult(Style.STRONG, "x"));
    assertEquals("\u001b[1mx\u001b[0m", piped.styled(Style.STRONG, "x"));
    Terminal quiet = Screen.of(new Look(false, true, true, true, 80)).terminal();
    assertEquals("\u001b[1mx\u001b[0m", quiet.styledResult(Style.STRONG, "x"));
    assertEquals("x", quiet.styled(Style.STRONG, "x"));
  }

  @Test
  void text_whoseReaderIsGone_endsTheCommand() {
    assertThrows(ReaderGone.class, () -> failing("Broken pipe").text("x"));
    assertThrows(ReaderGone.class, () -> failing("Relais brisé (pipe)").text("x"));
  }

  @Test
  void text_thatCannotBeWritten_isAStorageFailure() {
    WroughtException failure =
        assertThrows(WroughtException.class, () -> failing("No space left on device").text("x"));
    assertEquals(ErrorCode.STORAGE, failure.code());
    assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
  }

  @Test
  void results_forAPipe_areWrittenTogether_beforeAnythingElseIsSaid() {
    Screen piped = Screen.plain();
    piped.terminal().result("one");
    piped.terminal().result("two");
    assertEquals("", piped.out());
    piped.terminal().flush();
    assertEquals("one\ntwo\n", piped.out());
    piped.terminal().result("three");
    piped.terminal().note("said");
    assertEquals("one\ntwo\nthree\n", piped.out());
    piped.terminal().result("four");
    piped.terminal().text("five");
    assertEquals("one\ntwo\nthree\nfour\nfive", piped.out());
  }

  @Test
  void result_onATerminal_isThereAtOnce() {
    Screen screen = Screen.moving(80);
    screen.terminal().result("one");
    assertEquals("one\n", screen.out());
  }

  @Test
  void note_afterAResultThatCannotBeWritten_isSaid_andTheResultFailsAgain() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            refusing("Broken pipe"),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Look.plain());
    terminal.result("x");
    terminal.note("said");
    assertEquals("said\n", err.toString(StandardCharsets.UTF_8));
    assertThrows(ReaderGone.class, terminal::flush);
  }

  private static Terminal failing(String reason) {
    OutputStream out = refusing(reason);
    return new Terminal(out, new PrintStream(out, false, StandardCharsets.UTF_8), Look.plain());
  }

  private static OutputStream refusing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
