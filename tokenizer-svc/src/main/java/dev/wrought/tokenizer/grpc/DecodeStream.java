package dev.wrought.tokenizer.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.DecodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.DecodeStreamStart;
import dev.wrought.tokenizer.encoding.LoadedTokenizers;
import dev.wrought.tokenizer.encoding.SharedCores;
import dev.wrought.tokenizer.encoding.TokenText;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** A client's ids, as they become text. Each message is answered before the next is asked for. */
final class DecodeStream implements StreamObserver<DecodeStreamRequest> {
  private final Outgoing<DecodeResponse> client;
  private final LoadedTokenizers tokenizers;
  private final SharedCores cores;
  private Optional<TokenText> text = Optional.empty();

  DecodeStream(
      StreamObserver<DecodeResponse> observer, LoadedTokenizers tokenizers, SharedCores cores) {
    this.client = new Outgoing<>(observer);
    this.tokenizers = tokenizers;
    this.cores = cores;
  }

  @Override
  public void onNext(DecodeStreamRequest message) {
    switch (message.getMessageCase()) {
      case START -> start(message.getStart());
      case IDS -> send(message.getIds().getIdsList());
      case MESSAGE_NOT_SET -> throw refusal("a message of the stream has neither start nor ids");
    }
  }

  private void start(DecodeStreamStart start) {
    if (text.isPresent()) {
      throw refusal("the stream has started already: another tokenizer needs another stream");
    }
    text =
        Optional.of(new TokenText(tokenizers.named(start.getTokenizer()), start.getSkipSpecial()));
  }

  private void send(List<Integer> ids) {
    TokenText known =
        text.orElseThrow(
            () -> refusal("the stream's first message has to be start, which names the tokenizer"));
    client.send(
        cores.call(
            EncodeRequests.weight(ids),
            client::check,
            () -> EncodeReplies.text(known.add(ids)).build()));
  }

  private static WroughtException refusal(String why) {
    return new WroughtException(ErrorCode.INVALID_ARGUMENT, why);
  }

  /** The client has gone; nothing is held for it. */
  @Override
  public void onError(Throwable gone) {}

  @Override
  public void onCompleted() {
    String rest = text.map(TokenText::end).orElse("");
    if (!rest.isEmpty()) {
      client.send(DecodeResponse.newBuilder().setText(rest).build());
    }
    client.complete();
  }
}
