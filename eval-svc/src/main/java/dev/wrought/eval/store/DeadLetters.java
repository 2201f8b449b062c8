package dev.wrought.eval.store;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventType;
import dev.wrought.core.event.Topics;
import dev.wrought.edge.kafka.EventJson;
import dev.wrought.proto.events.v1.DeadLetter;

/** The event about a record that nobody could read. */
final class DeadLetters {
  private DeadLetters() {}

  static CloudEvent event(Arrival.Poison poison) {
    Arrival.Origin origin = poison.origin();
    DeadLetter letter = poison.letter();
    return new CloudEvent(
        "%s/%s/%d/%d"
            .formatted(origin.topic(), origin.topicId(), origin.partition(), origin.offset()),
        "/wrought/kafka/" + origin.topic(),
        EventType.DEAD_LETTER.type(),
        poison.time(),
        origin.topic(),
        letter.getKey(),
        Topics.DEAD_LETTER,
        EventJson.write(letter));
  }
}
