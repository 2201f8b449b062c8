package dev.wrought.tokenizer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.tokenizer.v1.EncodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.EncodeStreamStart;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.Text;
import dev.wrought.tokenizer.encoding.LoadedTokenizers;
import dev.wrought.tokenizer.encoding.SharedCores;
import dev.wrought.tokenizer.encoding.TextEncoding;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * A client's texts, each encoded and answered before the next is asked for: so a client that does
 * not read is not read from, and the stream holds one text however many there are. A text that
 * cannot be encoded carries its failure, and the stream goes on. For one call.
 */
final class EncodeStream implements StreamObserver<EncodeStreamRequest> {
  private final Outgoing<EncodedText> client;
  private final LoadedTokenizers tokenizers;
  private final SharedCores cores;
  private Optional<Started> started = Optional.empty();

  /** What the first message asks for. */
  private record Started(TextEncoding how, EncodeReplies replies) {}

  EncodeStream(
      StreamObserver<EncodedText> observer, LoadedTokenizers tokenizers, SharedCores cores) {
    this.client = new Outgoing<>(observer);
    this.tokenizers = tokenizers;
    this.cores = cores;
  }

  @Override
  public void onNext(EncodeStreamRequest message) {
    switch (message.getMessageCase()) {
      case START -> start(message.getStart());
      case TEXT -> client.send(encoded(message.getText(), started()));
      case MESSAGE_NOT_SET -> throw refusal("a message of the stream has neither start nor text");
    }
  }

  private void start(EncodeStreamStart start) {
    if (started.isPresent()) {
      throw refusal("the stream has started already: another tokenizer needs another stream");
    }
    TextEncoding how =
        EncodeRequests.how(start.getOptions(), tokenizers.named(start.getTokenizer()));
    started =
        Optional.of(
            new Started(
                how, new EncodeReplies(how.tokenizer(), start.getOptions().getWithPieces())));
  }

  private Started started() {
    return started.orElseThrow(
        () -> refusal("the stream's first message has to be start, which names the tokenizer"));
  }

  private EncodedText encoded(Text message, Started as) {
    try {
      byte[] text = EncodeRequests.text(message, as.how().withOffsets());
      return cores.call(text.length, client::check, () -> encoded(text, as));
    } catch (WroughtException why) {
      client.check();
      return EncodeReplies.error(why);
    }
  }

  private static EncodedText encoded(byte[] text, Started as) {
    var encoding = as.how().of(text);
    return as.replies().text(encoding, encoding.size());
  }

  private static WroughtException refusal(String why) {
    return new WroughtException(ErrorCode.INVALID_ARGUMENT, why);
  }

  /** The client has gone; nothing is held for it. */
  @Override
  public void onError(Throwable gone) {}

  @Override
  public void onCompleted() {
    client.complete();
  }
}
