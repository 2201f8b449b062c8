package dev.wrought.tokenizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page's modules that need no page, in Node, which the build needs anyway. */
class PageModulesTest {
  @Test
  void modules_inNode_passTheirTests() throws Exception {
    Process node =
        new ProcessBuilder(List.of("node", "--test", "src/test/browser/modules.test.mjs"))
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, node.waitFor(), output);
  }
}
