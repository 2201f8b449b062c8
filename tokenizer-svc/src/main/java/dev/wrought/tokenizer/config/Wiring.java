package dev.wrought.tokenizer.config;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.tokenizer.build.BuildSettings;
import dev.wrought.tokenizer.build.DatasetBuilding;
import dev.wrought.tokenizer.build.UnfinishedBuilds;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import dev.wrought.tokenizer.encoding.LoadedTokenizers;
import dev.wrought.tokenizer.encoding.SharedCores;
import dev.wrought.tokenizer.training.TokenizerTraining;
import dev.wrought.tokenizer.training.TrainingSettings;
import dev.wrought.tokenizer.training.UnfinishedTrainings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
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

  /** Enough for most texts, and not noticed by whoever waits. */
  private static final Duration TURN = Duration.ofMillis(2);

  /**
   * A byte of text as a request, as tokens and as an answer takes 5 to 12; others need room, too.
   */
  private static final int HEAP_PER_BYTE = 16;

  private static final long MOST_TEXT_BYTES = 1L << 30;

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
  LoadedTokenizers tokenizers(Artifacts artifacts) {
    return new LoadedTokenizers(artifacts);
  }

  @Produces
  @Singleton
  SharedCores cores() {
    long mostBytes = Runtime.getRuntime().maxMemory() / HEAP_PER_BYTE;
    return new SharedCores(threads, TURN, (int) Math.min(mostBytes, MOST_TEXT_BYTES));
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
  UnfinishedBuilds unfinishedBuilds() {
    return new UnfinishedBuilds(home);
  }

  @Produces
  @Singleton
  DatasetBuilding building(
      Artifacts artifacts, CorpusPlugins corpora, UnfinishedBuilds unfinished) {
    return new DatasetBuilding(
        artifacts,
        corpora,
        unfinished,
        clock,
        new BuildSettings(threads, BuildSettings.USUAL_SHARD_TOKENS));
  }

  /** For whoever watches /q/metrics. */
  void measure(@Observes StartupEvent event, MeterRegistry meters, SharedCores cores) {
    Gauge.builder("wrought.encoding.calls", cores, SharedCores::calls)
        .description("Calls that encode or wait for their turn")
        .register(meters);
    FunctionCounter.builder("wrought.encoding.pieces", cores, SharedCores::pieces)
        .description("Texts encoded or decoded")
        .register(meters);
  }

  void stop(@Observes ShutdownEvent event, SharedCores cores) {
    cores.close();
  }

  /** A broken plugin stops the start here, not the first request; old leftovers go. */
  void start(
      @Observes StartupEvent event,
      Artifacts artifacts,
      CorpusPlugins corpora,
      UnfinishedTrainings trainings,
      UnfinishedBuilds builds) {
    Instant before = clock.instant().minus(ABANDONED);
    for (ArtifactKind kind : ArtifactKind.values()) {
      artifacts.discardAbandoned(kind, before);
    }
    trainings.discardAbandoned(before);
    builds.discardAbandoned(before);
  }
}
