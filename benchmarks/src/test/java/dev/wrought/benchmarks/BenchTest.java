package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What bench makes of its arguments; it measures nothing here. */
class BenchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String arguments) {
    CommandLine line = Bench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                 | Missing required parameter: 'NAME'
          train --round 3    | Unknown options: '--round'
          train --rounds 0   | --rounds is 0, it must be at least 1
          train --rounds x   | is not an int
          """)
  void execute_wrongUsage_isToldAndTwo(String arguments, String message) {
    assertEquals(2, run(arguments));
    assertTrue(err.toString().contains(message), err.toString());
  }

  @Test
  void execute_unknownName_isThree() {
    assertEquals(3, run("trian --rounds 2"));
  }

  @Test
  void execute_help_namesTheBenchmarks() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().matches("(?s).*generate .*train .*"), out.toString());
  }
}
