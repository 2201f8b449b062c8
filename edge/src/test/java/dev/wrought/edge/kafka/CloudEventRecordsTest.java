package dev.wrought.edge.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.EventType;
import dev.wrought.core.event.Topics;
import dev.wrought.proto.events.v1.TrainingStep;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CloudEventRecordsTest {
  private static final CloudEvent EVENT =
      new CloudEvent(
          "uid/1/2/step",
          CloudEvent.sourceOf("uid"),
          EventType.STEP.type(),
          Instant.parse("2026-01-02T03:04:05.678Z"),
          "größe",
          "größe",
          Topics.TRAINING_METRICS,
          EventJson.write(TrainingStep.newBuilder().setStep(2).setLoss(3.5).build()));

  @Test
  void toEvent_ofARecordMadeFromAnEvent_isThatEvent() {
    assertEquals(EVENT, CloudEventRecords.toEvent(received(CloudEventRecords.toRecord(EVENT))));
  }

  @Test
  void toRecord_ofAnEvent_saysWhatItsBodyIs() {
    Headers headers = CloudEventRecords.toRecord(EVENT).headers();
    assertEquals(
        "application/json",
        new String(headers.lastHeader("content-type").value(), StandardCharsets.UTF_8));
  }

  @Test
  void toEvent_withoutHeaders_namesTheMissingOne() {
    assertRefused(record(new RecordHeaders(), "{}".getBytes(StandardCharsets.UTF_8)), "ce_");
  }

  @Test
  void toEvent_ofABodyThatIsTooLong_saysBothLengths() {
    Headers headers = CloudEventRecords.toRecord(EVENT).headers();
    assertRefused(record(headers, new byte[2 << 20]), "2,097,152 bytes; at most 1,048,576");
  }

  @Test
  void toEvent_ofBytesThatAreNotText_saysSo() {
    Headers headers = CloudEventRecords.toRecord(EVENT).headers();
    assertRefused(record(headers, new byte[] {(byte) 0xff, 0x00, (byte) 0xc0}), "not UTF-8");
  }

  @Test
  void toEvent_ofATombstone_saysThatThereIsNoBody() {
    assertRefused(received(CloudEventRecords.toTombstone("topic", "key")), "no body");
  }

  @Test
  void toEvent_ofAnotherVersion_namesIt() {
    Headers headers = CloudEventRecords.toRecord(EVENT).headers();
    headers.remove("ce_specversion").add("ce_specversion", "0.3".getBytes(StandardCharsets.UTF_8));
    assertRefused(record(headers, new byte[0]), "ce_specversion is 0.3");
  }

  private static void assertRefused(ConsumerRecord<String, byte[]> record, String because) {
    String message =
        assertThrows(WroughtException.class, () -> CloudEventRecords.toEvent(record)).getMessage();
    assertTrue(message.contains(because), message);
  }

  private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
    return record(sent.headers(), sent.value(), sent.topic(), sent.key());
  }

  private static ConsumerRecord<String, byte[]> record(Headers headers, byte[] value) {
    return record(headers, value, Topics.TRAINING_METRICS, "key");
  }

  private static ConsumerRecord<String, byte[]> record(
      Headers headers, byte[] value, String topic, String key) {
    return new ConsumerRecord<>(
        topic, 0, 7, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
  }
}
