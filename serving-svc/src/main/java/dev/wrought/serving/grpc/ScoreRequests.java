package dev.wrought.serving.grpc;

import dev.wrought.core.model.ModelConfig;
import dev.wrought.proto.serving.v1.ScoreItem;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.TokenIds;
import dev.wrought.serving.models.ServedModel;
import dev.wrought.serving.scoring.Item;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What clients want scored, checked and as the rooms' own records. */
final class ScoreRequests {
  private static final int MOST_ITEMS = 256;

  private ScoreRequests() {}

  /** An item that can be scored, or why it cannot. */
  sealed interface Checked {
    record Good(Item item) implements Checked {}

    record Bad(String problem) implements Checked {}

    /** The item, if it is good. */
    default Stream<Item> good() {
      return switch (this) {
        case Good(Item item) -> Stream.of(item);
        case Bad _ -> Stream.empty();
      };
    }
  }

  static List<Checked> items(ScoreRequest message, ServedModel model) {
    Ranges.check("the number of items", message.getItemsCount(), 0, MOST_ITEMS);
    return message.getItemsList().stream().map(item -> check(item, model)).toList();
  }

  private static Checked check(ScoreItem message, ServedModel model) {
    int[] context = ids(message.getContext());
    int[] continuation = ids(message.getContinuation());
    if (context.length == 0) {
      OptionalInt endOfText = model.endOfText();
      if (endOfText.isEmpty()) {
        return new Checked.Bad("the context is empty, and the model has no end-of-text token");
      }
      context = new int[] {endOfText.getAsInt()};
    }
    Optional<String> problem = problem(context, continuation, model.config());
    return problem.isPresent()
        ? new Checked.Bad(problem.get())
        : new Checked.Good(new Item(context, continuation));
  }

  private static Optional<String> problem(int[] context, int[] continuation, ModelConfig config) {
    if (continuation.length == 0) {
      return Optional.of("the continuation is empty; at least one token is needed");
    }
    long length = (long) context.length + continuation.length;
    if (length > config.contextLength() + 1L) {
      return Optional.of(
          "context and continuation have %d tokens together; the model takes %d and predicts one more"
              .formatted(length, config.contextLength()));
    }
    return IntStream.concat(IntStream.of(context), IntStream.of(continuation))
        .filter(id -> id < 0 || id >= config.vocabularySize())
        .mapToObj(id ->
            "there is no token %d; ids are 0 to %d".formatted(id, config.vocabularySize() - 1))
        .findFirst();
  }

  private static int[] ids(TokenIds message) {
    return message.getIdsList().stream().mapToInt(Integer::intValue).toArray();
  }
}
