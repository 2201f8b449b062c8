package dev.wrought.edge.kafka;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * CloudEvents 1.0 in Kafka's binary mode: the attributes are headers ({@code ce_id}, {@code
 * ce_type}, ...), the body is the record's value as it is.
 *
 * <p>Source: CloudEvents, Kafka Protocol Binding 1.0.2, section 3.2.
 */
public final class CloudEventRecords {
  private CloudEventRecords() {}

  /** The record of an event. */
  public static ProducerRecord<String, byte[]> toRecord(CloudEvent event) {
    byte[] body = event.data().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<String, byte[]> result =
        new ProducerRecord<>(event.topic(), null, event.time().toEpochMilli(), event.key(), body);
    new TreeMap<>(event.headers())
        .forEach(
            (name, value) -> result.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return result;
  }

  /** A record without a value under the event's key: a compacted topic forgets the key. */
  public static ProducerRecord<String, byte[]> toTombstone(String topic, String key) {
    return new ProducerRecord<>(topic, key, null);
  }

  /**
   * The event of a record.
   *
   * @throws WroughtException INVALID_DATA for a record that is no CloudEvent of ours, and says why
   */
  public static CloudEvent toEvent(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      throw invalid("the record has no body");
    }
    if (record.value().length > KafkaSettings.MAX_RECORD_BYTES) {
      throw invalid(
          "the body has %,d bytes; at most %,d are allowed"
              .formatted(record.value().length, KafkaSettings.MAX_RECORD_BYTES));
    }
    Map<String, String> attributes = attributes(record.headers());
    String version = required(attributes, "ce_specversion");
    if (!version.equals(CloudEvent.SPEC_VERSION)) {
      throw invalid("ce_specversion is %s; only 1.0 is known".formatted(version));
    }
    return new CloudEvent(
        required(attributes, "ce_id"),
        required(attributes, "ce_source"),
        required(attributes, "ce_type"),
        time(required(attributes, "ce_time")),
        attributes.getOrDefault("ce_subject", ""),
        record.key() == null ? "" : record.key(),
        record.topic(),
        text("body", record.value()));
  }

  private static Map<String, String> attributes(Headers headers) {
    Map<String, String> result = new TreeMap<>();
    for (Header header : headers) {
      if (header.key().startsWith("ce_") && header.value() != null) {
        result.put(header.key(), text(header.key(), header.value()));
      }
    }
    return result;
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw invalid("the header " + name + " is missing: not a CloudEvent in binary mode");
    }
    return value;
  }

  private static Instant time(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException notTime) {
      throw invalid("ce_time is not an RFC 3339 time: " + value);
    }
  }

  private static String text(String what, byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException notText) {
      throw invalid("the " + what + " is not UTF-8");
    }
  }

  private static WroughtException invalid(String message) {
    return new WroughtException(ErrorCode.INVALID_DATA, message);
  }
}
