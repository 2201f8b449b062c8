package dev.wrought.cli.view;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;

/** Long work of tokenizer-svc, shown on a terminal from its beginning to its end. */
public record CorpusWork(Services services, Terminal terminal) {
  public TokenizerInfo train(TrainTokenizerRequest request) {
    try (Progress progress = new Progress(terminal, "tokenizer " + request.getName())) {
      TokenizerInfo made =
          Streams.last(services.tokenizer().train(request), step -> CorpusView.show(progress, step))
              .getResult();
      done(progress, CorpusView.summary(made));
      return made;
    }
  }

  public DatasetInfo build(BuildDatasetRequest request) {
    try (Progress progress = new Progress(terminal, "dataset " + request.getName())) {
      DatasetInfo made =
          Streams.last(
                  services.tokenizer().buildDataset(request),
                  step -> CorpusView.show(progress, step))
              .getResult();
      done(progress, CorpusView.summary(made));
      return made;
    }
  }

  private static void done(Progress progress, String summary) {
    progress.done(summary + ", in " + Amounts.duration(progress.elapsed()));
  }
}
