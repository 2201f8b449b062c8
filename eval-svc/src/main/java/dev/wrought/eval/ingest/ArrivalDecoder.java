package dev.wrought.eval.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventType;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.eval.store.Arrival;
import dev.wrought.eval.store.Arrival.Origin;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.DeadLetter;
import dev.wrought.proto.events.v1.EventGap;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes of a record an arrival that any database can take, or a dead letter that says why it is
 * none. It never fails.
 */
final class ArrivalDecoder {
  private static final int MAX_LETTER_BYTES = 64 << 10;
  private static final int MAX_NAME = 300;
  private static final int MAX_UID = 200;
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  private ArrivalDecoder() {}

  static Arrival decode(ConsumerRecord<String, byte[]> record, String topicId) {
    Origin origin = new Origin(topicId, record.topic(), record.partition(), record.offset());
    try {
      return event(CloudEventRecords.toEvent(record), origin);
    } catch (WroughtException unreadable) {
      return poison(record, origin, String.valueOf(unreadable.getMessage()));
    }
  }

  /** The arrival of a record that cannot be stored, whatever it says. */
  static Arrival poison(ConsumerRecord<String, byte[]> record, Origin origin, String reason) {
    byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setTopic(origin.topic())
            .setPartition(origin.partition())
            .setOffset(origin.offset())
            .setKey(printable(Objects.requireNonNullElse(record.key(), "")))
            .setReason(printable(reason))
            .setValue(ByteString.copyFrom(value, 0, Math.min(value.length, MAX_LETTER_BYTES)))
            .build();
    return new Arrival.Poison(
        origin, Instant.ofEpochMilli(Math.max(0, record.timestamp())), letter);
  }

  private static Arrival event(CloudEvent event, Origin origin) {
    checkText("ce_id", event.id(), 900);
    if (event.time().isBefore(Instant.EPOCH) || event.time().isAfter(LAST_TIME)) {
      throw invalid("ce_time %s is not of our time".formatted(event.time()));
    }
    EventType type =
        EventType.of(event.type())
            .orElseThrow(() -> invalid("the ce_type %s is not known".formatted(event.type())));
    return switch (type) {
      case STEP -> {
        TrainingStep body = read(event, TrainingStep.newBuilder()).build();
        checkRun(body.getRun(), body.getStep());
        yield new Arrival.Step(origin, event.time(), body);
      }
      case VALIDATION -> {
        ValidationResult body = read(event, ValidationResult.newBuilder()).build();
        checkRun(body.getRun(), body.getStep());
        checkText("dataset", body.getDataset(), 400);
        yield new Arrival.Validation(origin, event.time(), body);
      }
      case CHECKPOINT -> {
        CheckpointPublished body = read(event, CheckpointPublished.newBuilder()).build();
        checkRun(body.getRun(), body.getStep());
        checkText("digest", body.getDigest(), 200);
        checkText("location", body.getLocation(), 4_096);
        yield new Arrival.Checkpoint(origin, event.time(), body);
      }
      case LIFECYCLE -> {
        LifecycleChanged body = read(event, LifecycleChanged.newBuilder()).build();
        checkRun(body.getRun(), body.getStep());
        checkText("state", body.getState(), 100);
        checkText("reason", body.getReason(), 200);
        checkText("message", body.getMessage(), Integer.MAX_VALUE);
        checkText("recipe", body.getRecipe(), Integer.MAX_VALUE);
        yield new Arrival.Lifecycle(origin, event.time(), event.id(), body);
      }
      case GAP -> {
        EventGap body = read(event, EventGap.newBuilder()).build();
        checkRun(body.getRun(), body.getFromStep());
        yield new Arrival.Gap(origin, event.time(), event.id(), body);
      }
      case EVALUATION, DEAD_LETTER ->
          throw invalid("%s does not belong on this topic".formatted(event.type()));
    };
  }

  private static <B extends Message.Builder> B read(CloudEvent event, B builder) {
    EventJson.read(event.data(), builder);
    return builder;
  }

  private static void checkRun(RunRef run, int step) {
    if (run.getRunUid().isEmpty() || run.getRun().isEmpty()) {
      throw invalid("the body does not say which run it is about");
    }
    checkText("runUid", run.getRunUid(), MAX_UID);
    checkText("run", run.getRun(), MAX_NAME);
    if (run.getEpoch() < 0 || step < 0) {
      throw invalid("epoch %d and step %d must not be negative".formatted(run.getEpoch(), step));
    }
  }

  private static void checkText(String field, String value, int maxLength) {
    if (value.length() > maxLength) {
      throw invalid(
          "%s has %,d characters; at most %,d are allowed"
              .formatted(field, value.length(), maxLength));
    }
    if (!isStorable(value)) {
      throw invalid(field + " holds a NUL or half a character");
    }
  }

  private static String printable(String value) {
    return value
        .codePoints()
        .limit(1_000)
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Databases take no NUL, and no surrogate without its other half. */
  private static boolean isStorable(String value) {
    return value.codePoints().noneMatch(c -> c == 0 || isSurrogate(c));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static WroughtException invalid(String reason) {
    return new WroughtException(ErrorCode.INVALID_DATA, reason);
  }
}
