package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same logits and gradients from the same weights, computed by PyTorch. */
class ModelAgainstPyTorchTest {

  @Test
  void logitsAndGradients_ofBothArchitectures_arePyTorchsTo1e4(@TempDir Path folder)
      throws Exception {
    String python = System.getenv("WROUGHT_PEER_PYTHON");
    Assumptions.assumeTrue(
        python != null && !python.isBlank(),
        "WROUGHT_PEER_PYTHON names no Python with torch and safetensors");
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(
        Path.of(System.getProperty("wrought.root"), "benchmarks", "peers", "check_model.py")
            .toString());
    ModelSample.write(folder).forEach(model -> command.add(model.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
