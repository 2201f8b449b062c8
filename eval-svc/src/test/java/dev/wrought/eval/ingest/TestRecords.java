package dev.wrought.eval.ingest;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.eval.store.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Records as they come from a broker. */
public final class TestRecords {
  private TestRecords() {}

  /** What the decoder makes of events that lie one after the other in a partition. */
  public static List<Arrival> arrivals(List<CloudEvent> events, long firstOffset) {
    List<Arrival> result = new ArrayList<>();
    for (CloudEvent event : events) {
      result.add(arrival(CloudEventRecords.toRecord(event), firstOffset + result.size()));
    }
    return result;
  }

  public static Arrival arrival(ProducerRecord<String, byte[]> sent, long offset) {
    return ArrivalDecoder.decode(
        new ConsumerRecord<>(
            sent.topic(),
            0,
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            sent.key(),
            sent.value(),
            sent.headers(),
            Optional.empty()),
        "topic-id");
  }
}
