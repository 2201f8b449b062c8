package dev.wrought.trainer.config;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginRegistry;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.backend.PodBackendFactory;
import dev.wrought.trainer.forward.Forwarder;
import dev.wrought.trainer.forward.KafkaOutlet;
import dev.wrought.trainer.plan.Planner;
import dev.wrought.trainer.plan.RecipePlugins;
import dev.wrought.trainer.run.RunSettings;
import dev.wrought.trainer.run.RunView;
import dev.wrought.trainer.run.Runs;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the rooms' objects, which know nothing of the framework, and ends them. */
@Singleton
public class Wiring {
  private static final Duration POLL = Duration.ofMillis(200);

  private final RunSettings runSettings;
  private final TrainerSettings settings;
  private final Clock clock = Clock.systemUTC();

  @Inject
  public Wiring(
      @ConfigProperty(name = "wrought.home") Path home,
      @ConfigProperty(name = "wrought.plugins") Path plugins,
      TrainerSettings settings) {
    this.settings = settings;
    this.runSettings =
        new RunSettings(home, plugins, settings.threads().orElse(0), settings.stopGrace(), POLL);
  }

  private PluginContext context() {
    return new PluginContext(clock, runSettings.home());
  }

  @Produces
  @Singleton
  Planner planner() {
    return new Planner(runSettings.home(), new RecipePlugins(runSettings.plugins(), context()));
  }

  @Produces
  @Singleton
  PodBackend backend() {
    return PluginRegistry.load(PodBackendFactory.class, runSettings.plugins())
        .get(settings.backend())
        .create(
            PluginConfig.parse(settings.backendConfig(), "wrought.trainer.backend-config"),
            context());
  }

  @Produces
  @Singleton
  Runs runs(Planner planner, PodBackend backend) {
    return new Runs(runSettings, planner, backend, clock);
  }

  @Produces
  @Singleton
  Forwarder forwarder(Runs runs, KafkaSettings kafka) {
    return new Forwarder(
        () -> runs.list(false).stream().map(RunView::directory).toList(),
        () -> KafkaOutlet.open(kafka),
        Forwarder.Pace.USUAL);
  }

  void end(@Disposes Runs runs) {
    runs.close();
  }

  void end(@Disposes Forwarder forwarder) {
    forwarder.close();
  }

  /** Made here, not at the first request: live runs go on, and a broken plugin stops the start. */
  void start(@Observes StartupEvent event, Runs runs, Forwarder forwarder) {}
}
