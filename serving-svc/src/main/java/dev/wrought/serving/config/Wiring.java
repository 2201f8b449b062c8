package dev.wrought.serving.config;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.serving.engine.Engine;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.KernelChoice;
import dev.wrought.serving.models.Models;
import dev.wrought.serving.models.ServedModel;
import dev.wrought.serving.sampling.Samplers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the rooms' objects, which know nothing of the framework. */
@Singleton
public class Wiring {
  private final Path home;
  private final Path plugins;
  private final ServingSettings settings;
  private final Clock clock = Clock.systemUTC();

  /**
   * @throws WroughtException INVALID_ARGUMENT naming the setting that is out of its range
   */
  @Inject
  public Wiring(
      @ConfigProperty(name = "wrought.home") Path home,
      @ConfigProperty(name = "wrought.plugins") Path plugins,
      ServingSettings settings) {
    this.home = home.toAbsolutePath();
    this.plugins = plugins;
    this.settings = settings;
    settings.threads().ifPresent(threads -> check("threads", threads, 1, 1_024));
    check("models", settings.models(), 1, 64);
    check("requests", settings.requests(), 1, 1_024);
    check("queue", settings.queue(), 0, 65_536);
    check("reader-patience in seconds", settings.readerPatience().toSeconds(), 1, 3_600);
  }

  private static void check(String setting, long value, long least, long most) {
    if (value < least || value > most) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the setting wrought.serving.%s is %d; %d to %d are allowed"
              .formatted(setting, value, least, most));
    }
  }

  @Produces
  @Singleton
  Samplers samplers() {
    return new Samplers(plugins, new PluginContext(clock, home));
  }

  @Produces
  @Singleton
  ComputePool computePool() {
    return new ComputePool(settings.threads().orElse(Runtime.getRuntime().availableProcessors()));
  }

  void close(@Disposes ComputePool pool) {
    pool.close();
  }

  @Produces
  @Singleton
  Models models(ComputePool pool) {
    Engine.Limits limits = new Engine.Limits(settings.requests(), settings.queue());
    ServedModel.Compute compute = new ServedModel.Compute(KernelChoice.kernels(), pool, limits);
    return new Models(home, compute, settings.models(), clock);
  }

  void close(@Disposes Models models) {
    models.close();
  }

  /** A broken plugin stops the start here, not the first request. */
  void start(@Observes StartupEvent event, Samplers samplers, Models models) {}
}
