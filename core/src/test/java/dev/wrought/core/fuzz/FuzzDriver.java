package dev.wrought.core.fuzz;

import java.io.IOException;
import java.time.Duration;

/** Starts what makes up inputs. */
interface FuzzDriver {
  /**
   * Starts to fuzz. The process writes what it does in libFuzzer's words; it ends with code 0 after
   * the time, and with another one as soon as an input fails, which it leaves in its folder.
   */
  Process start(FuzzTarget target, FuzzFolders folders, Duration time) throws IOException;
}
