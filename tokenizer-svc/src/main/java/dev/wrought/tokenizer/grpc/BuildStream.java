package dev.wrought.tokenizer.grpc;

import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.tokenizer.build.BuildProgress;

/** A build's progress as a stream of messages. */
record BuildStream(ProgressStream<BuildDatasetProgress> messages) implements BuildProgress {
  @Override
  public void at(Phase phase, double fraction, long bytesRead, long documents, long tokens) {
    messages.tell(phase, () -> Replies.building(phase, fraction, bytesRead, documents, tokens));
  }

  @Override
  public void resumed(long documents, int shards) {
    messages.tell("resumed", () -> Replies.resumedBuild(documents, shards));
  }

  @Override
  public void begunAnew(String why) {
    messages.tell("begun anew", () -> Replies.begunAnew(why));
  }
}
