package dev.wrought.cli.view;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import java.util.Map;

/** Long work of tokenizer-svc, shown on a terminal from its beginning to its end. */
public record CorpusWork(Services services, Terminal terminal) {
  public TokenizerInfo train(TrainTokenizerRequest request) {
    try (Progress progress = new Progress(terminal, "tokenizer " + request.getName())) {
      TrainTokenizerProgress last =
          Streams.last(services.tokenizer().train(request), step -> show(progress, step));
      done(progress, CorpusView.summary(last.getResult()), last.getDroppedMap());
      if (last.getPruned().getWords() > 0) {
        terminal.note(CorpusView.pruned(last.getPruned()));
      }
      return last.getResult();
    }
  }

  private void show(Progress progress, TrainTokenizerProgress step) {
    if (step.hasResumed()) {
      progress.clear();
      terminal.note(CorpusView.resumed(step.getResumed()));
    }
    CorpusView.show(progress, step);
  }

  public DatasetInfo build(BuildDatasetRequest request) {
    try (Progress progress = new Progress(terminal, "dataset " + request.getName())) {
      DatasetInfo made =
          Streams.last(services.tokenizer().buildDataset(request), step -> show(progress, step))
              .getResult();
      done(progress, CorpusView.summary(made), made.getDroppedMap());
      if (!made.getReport().isEmpty()) {
        terminal.note("report: " + made.getReport());
      }
      return made;
    }
  }

  private void show(Progress progress, BuildDatasetProgress step) {
    if (step.hasResumed()) {
      progress.clear();
      terminal.note(CorpusView.resumed(step.getResumed()));
    }
    if (!step.getBegunAnew().isEmpty()) {
      progress.clear();
      terminal.note("begins anew: " + step.getBegunAnew());
    }
    CorpusView.show(progress, step);
  }

  private void done(Progress progress, String summary, Map<String, Long> dropped) {
    progress.done(summary + ", in " + Amounts.duration(progress.elapsed()));
    String leftOut = CorpusView.leftOut(dropped);
    if (!leftOut.isEmpty()) {
      terminal.note("left out: " + leftOut);
    }
  }
}
