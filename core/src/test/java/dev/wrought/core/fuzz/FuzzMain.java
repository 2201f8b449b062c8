package dev.wrought.core.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.OutputStream;

/** The process that fuzzes. It does not outlive the one that started it, killed or not. */
final class FuzzMain {
  private FuzzMain() {}

  /** Runs Jazzer with its arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Thread.ofPlatform().daemon().start(FuzzMain::endWithParent);
    Jazzer.main(arguments);
  }

  /** The other end of standard input is the parent's, and closed when that ends. */
  private static void endWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      System.err.println("standard input: " + closed);
    }
    Runtime.getRuntime().halt(1);
  }
}
