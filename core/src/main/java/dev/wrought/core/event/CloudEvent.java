package dev.wrought.core.event;

import java.time.Instant;
import java.util.Map;

/**
 * A CloudEvent as it travels on Kafka in binary mode: the attributes are headers, the body is JSON.
 *
 * @param source who says it: {@code /wrought/runs/<uid>}
 * @param type one of {@link EventType#type()}
 * @param subject the run's name
 * @param key the Kafka key, which decides the partition
 * @param data the body, JSON
 */
public record CloudEvent(
    String id,
    String source,
    String type,
    Instant time,
    String subject,
    String key,
    String topic,
    String data) {
  public static final String CONTENT_TYPE = "application/json";
  public static final String SPEC_VERSION = "1.0";

  /** The headers of the Kafka record. */
  public Map<String, String> headers() {
    return Map.of(
        "ce_specversion", SPEC_VERSION,
        "ce_id", id,
        "ce_source", source,
        "ce_type", type,
        "ce_time", time.toString(),
        "ce_subject", subject,
        "content-type", CONTENT_TYPE);
  }

  /** The source of a run's events. */
  public static String sourceOf(String runUid) {
    return "/wrought/runs/" + runUid;
  }
}
