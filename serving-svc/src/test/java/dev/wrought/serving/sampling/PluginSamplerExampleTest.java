package dev.wrought.serving.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginRegistry;
import dev.wrought.core.plugin.Spi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/plugin-sampler, compiled from its sources and dropped in as a jar. */
class PluginSamplerExampleTest {
  @TempDir private Path scratch;

  @Test
  void theExample_declaresThisVersion() throws IOException {
    assertEquals(Integer.toString(Spi.VERSION), ExampleJar.declaredVersion());
  }

  @Test
  void theExample_droppedIn_isUsedBesideTheBuiltInOne() throws IOException {
    assertEquals(Set.of("mine", StandardSamplerFactory.NAME), registry().names());
    Sampler sampler = sampler("{minP: 1}");
    Logits logits = SamplerContract.logits(100, 5);
    assertEquals(
        logits.argMax(),
        sampler.sample(logits, SamplerContract.history(1), new SplittableRandom(1)));
  }

  @Test
  void theExample_withAMisspeltKey_saysWhatWasMeant() {
    WroughtException refused = assertThrows(WroughtException.class, () -> sampler("{minp: 1}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("did you mean \"minP\"?"));
  }

  private Sampler sampler(String config) throws IOException {
    return registry()
        .get("mine")
        .create(PluginConfig.parse(config, "sampler_config"), PluginContext.of(scratch));
  }

  private PluginRegistry<SamplerFactory> registry() throws IOException {
    return PluginRegistry.load(SamplerFactory.class, ExampleJar.folder());
  }
}
