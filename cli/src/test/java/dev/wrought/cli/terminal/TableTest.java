package dev.wrought.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.terminal.Terminal.Look;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    Table table = new Table("NAME", ">STEP", "CHECKPOINT");
    table.row("demo", "7", "/a/very/long/path/to/a/checkpoint");
    table.row("größer-λ", "1200", "-");
    return table;
  }

  @Test
  void columns_offATerminal_areAsWideAsTheirCells() {
    assertEquals(
        List.of(
            "NAME      STEP  CHECKPOINT",
            "demo         7  /a/very/long/path/to/a/checkpoint",
            "größer-λ  1200  -"),
        table().lines(Screen.plain().terminal()));
  }

  @Test
  void columns_onANarrowTerminal_giveWayTheWidestFirst() {
    Screen screen = Screen.of(new Look(false, true, false, true, 30));
    List<String> lines = table().lines(screen.terminal());
    assertEquals("demo         7  /a/very/long/…", lines.get(1));
    lines.forEach(line -> assertTrue(line.length() <= 30, line));
  }

  @Test
  void columns_thatCannotFit_areLeftOutFromTheEnd() {
    List<String> lines =
        table().lines(Screen.of(new Look(false, true, false, true, 20)).terminal());
    assertEquals(List.of("NAME      STEP", "demo         7", "größer-λ  1200"), lines);
  }

  @Test
  void headings_areQuiet_onlyWhereStdoutIsATerminal() {
    Screen piped = Screen.of(new Look(true, false, true, true, 80));
    assertEquals("NAME      STEP  CHECKPOINT", table().lines(piped.terminal()).getFirst());
    String shown = table().lines(Screen.moving(80).terminal()).getFirst();
    assertEquals("\u001b[2mNAME      STEP  CHECKPOINT\u001b[0m", shown);
  }

  @Test
  void row_withTheWrongNumberOfCells_isADefect() {
    assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row("1"));
  }

  @Test
  void lines_thatAreCut_keepWholeCharacters() {
    assertEquals("ab…", Lines.cut("abcd", 3));
    assertEquals("abc", Lines.cut("abc", 3));
    assertEquals("\uD83D\uDE00…", Lines.cut("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 2));
    assertEquals("…", Lines.cut("abc", 0));
    assertEquals("a b", Lines.single(" a\n\u001b\tb "));
  }
}
