package dev.wrought.tokenizer.config;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.tokenizer.build.DatasetBuilding;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.training.TokenizerTraining;
import dev.wrought.tokenizer.training.TrainingSettings;
import dev.wrought.tokenizer.training.UnfinishedTrainings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the rooms' objects, which know nothing of the framework. */
@Singleton
public class Wiring {
  /** No training or build takes longer; a folder that old was left by one that was killed. */
  private static final Duration ABANDONED = Duration.ofDays(7);

  /** So much work at most is lost by a kill. */
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(10);

  /** Of the heap; the rest is for documents on their way, and for the service. */
  private static final double SHARE_FOR_WORDS = 0.75;

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
  UnfinishedTrainings unfinished() {
    return new UnfinishedTrainings(home);
  }

  @Produces
  @Singleton
  TokenizerTraining training(
      Artifacts artifacts, CorpusPlugins corpora, UnfinishedTrainings unfinished) {
    long memoryBytes = (long) (SHARE_FOR_WORDS * Runtime.getRuntime().maxMemory());
    return new TokenizerTraining(
        artifacts,
        corpora,
        unfinished,
        new TrainingSettings(threads, memoryBytes, SAVE_INTERVAL),
        System::nanoTime);
  }

  @Produces
  @Singleton
  DatasetBuilding building(Artifacts artifacts, CorpusPlugins corpora) {
    return new DatasetBuilding(artifacts, corpora, clock, threads);
  }

  /** A broken plugin stops the start here, not the first request; old leftovers go. */
  void start(
      @Observes StartupEvent event,
      Artifacts artifacts,
      CorpusPlugins corpora,
      UnfinishedTrainings unfinished) {
    Instant before = clock.instant().minus(ABANDONED);
    for (ArtifactKind kind : ArtifactKind.values()) {
      artifacts.discardAbandoned(kind, before);
    }
    unfinished.discardAbandoned(before);
  }
}
