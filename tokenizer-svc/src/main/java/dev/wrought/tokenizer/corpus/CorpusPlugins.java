package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.core.plugin.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The known sources and filters, by name. Thread-safe. */
public final class CorpusPlugins {
  private final PluginRegistry<CorpusSourceFactory> sources;
  private final PluginRegistry<DocumentFilterFactory> filters;
  private final PluginContext context;

  /**
   * @param folder where dropped-in jars lie; need not exist
   */
  public CorpusPlugins(Path folder, PluginContext context) {
    this.sources = PluginRegistry.load(CorpusSourceFactory.class, folder);
    this.filters = PluginRegistry.load(DocumentFilterFactory.class, folder);
    this.context = context;
  }

  /**
   * Opens a corpus; the caller closes it.
   *
   * @throws dev.wrought.core.error.WroughtException NOT_FOUND for an unknown kind, filter or path,
   *     INVALID_DATA for a source that is not of its kind
   */
  public Corpus open(CorpusSpec spec) {
    List<Corpus.NamedFilter> opened =
        spec.filters().stream().map(FilterSpec::parse).map(this::open).toList();
    return new Corpus(spec, openSources(spec), opened);
  }

  private Corpus.NamedFilter open(FilterSpec spec) {
    DocumentFilter filter = filters.get(spec.name()).create(spec.settings(), context);
    return new Corpus.NamedFilter(spec.name(), filter);
  }

  private List<Corpus.OpenSource> openSources(CorpusSpec spec) {
    List<Corpus.OpenSource> opened = new ArrayList<>();
    try {
      for (SourceSpec source : spec.sources()) {
        opened.add(open(source));
      }
      return opened;
    } catch (RuntimeException failure) {
      new Corpus(spec, opened, List.of()).close();
      throw failure;
    }
  }

  private Corpus.OpenSource open(SourceSpec source) {
    CorpusSourceFactory factory = sources.get(source.resolvedKind());
    Path path = Path.of(source.path());
    try {
      Optional<FileState> state =
          Files.isRegularFile(path) ? Optional.of(FileState.of(path)) : Optional.empty();
      return new Corpus.OpenSource(
          source, factory.create(PluginConfig.of(source.settings()), context), state);
    } catch (IOException failure) {
      throw Corpus.unreadable(source, failure);
    }
  }
}
