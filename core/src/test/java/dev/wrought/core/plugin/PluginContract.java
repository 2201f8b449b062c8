package dev.wrought.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What every plugin of any kind has to keep. Extend it and say how yours is made; it is published
 * in core's test jar. A kind has a contract of its own besides, about what its plugins make.
 *
 * @param <F> the kind
 */
public abstract class PluginContract<F extends NamedPlugin> {

  /** The interface of the kind. */
  protected abstract Class<F> kind();

  /** A new instance. */
  protected abstract F plugin();

  /** Makes what the plugin makes. */
  protected abstract Object create(F plugin, PluginConfig config);

  @Test
  void name_isOneThatARecipeCanHave_andAlwaysTheSame() {
    String name = plugin().name();
    assertTrue(name.matches("[a-z][a-z0-9.-]*"), "not a plugin's name: \"" + name + "\"");
    assertEquals(name, plugin().name());
  }

  @Test
  void plugin_isFoundByItsServiceEntry() {
    Class<?> own = plugin().getClass();
    assertTrue(
        ServiceLoader.load(kind(), own.getClassLoader()).stream()
            .anyMatch(provider -> provider.type() == own),
        () -> "META-INF/services/" + kind().getName() + " does not name " + own.getName());
  }

  @Test
  void create_withoutSettings_usesTheDefaults() {
    assertNotNull(create(plugin(), PluginConfig.empty()));
  }

  @Test
  void create_anUnknownKey_isRefused() {
    PluginConfig config = PluginConfig.of(Map.of("no-plugin-has-this-key", 1));
    WroughtException refused = assertThrows(WroughtException.class, () -> create(plugin(), config));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("no-plugin-has-this-key"));
  }
}
