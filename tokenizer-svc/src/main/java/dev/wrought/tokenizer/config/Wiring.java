package dev.wrought.tokenizer.config;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.tokenizer.build.DatasetBuilding;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.training.TokenizerTraining;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the rooms' objects, which know nothing of the framework. */
@Singleton
public class Wiring {
  /** No training or build takes longer; a folder that old was left by one that was killed. */
  private static final Duration ABANDONED = Duration.ofDays(7);

  private final Path home;
  private final Path plugins;
  private final int threads;
  private final Clock clock = Clock.systemUTC();

  @Inject
  public Wiring(
      @ConfigProperty(name = "wrought.home") Path home,
      @ConfigProperty(name = "wrought.plugins") Path plugins,
      TokenizerSettings settings) {
    this.home = home.toAbsolutePath();
    this.plugins = plugins;
    this.threads = settings.threads().orElse(Runtime.getRuntime().availableProcessors());
  }

  @Produces
  @Singleton
  Artifacts artifacts() {
    return new Artifacts(home);
  }

  @Produces
  @Singleton
  CorpusPlugins corpusPlugins() {
    return new CorpusPlugins(plugins, new PluginContext(clock, home));
  }

  @Produces
  @Singleton
  TokenizerTraining training(Artifacts artifacts, CorpusPlugins corpora) {
    return new TokenizerTraining(artifacts, corpora, threads);
  }

  @Produces
  @Singleton
  DatasetBuilding building(Artifacts artifacts, CorpusPlugins corpora) {
    return new DatasetBuilding(artifacts, corpora, clock, threads);
  }

  /** A broken plugin stops the start here, not the first request; old leftovers go. */
  void start(@Observes StartupEvent event, Artifacts artifacts, CorpusPlugins corpora) {
    for (ArtifactKind kind : ArtifactKind.values()) {
      artifacts.discardAbandoned(kind, clock.instant().minus(ABANDONED));
    }
  }
}
