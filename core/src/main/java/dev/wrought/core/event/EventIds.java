package dev.wrought.core.event;

import java.util.Locale;

/**
 * Deterministic event ids: the same happening has the same id however often it is sent, and two
 * starts of a run (epochs) never share one.
 */
public final class EventIds {
  private EventIds() {}

  /**
   * @param subject tells apart what else happens at the same step: a dataset, a task and metric, a
   *     state change; may be empty
   */
  public static String of(String runUid, int epoch, int step, EventType kind, String subject) {
    String id = "%s/%d/%d/%s".formatted(runUid, epoch, step, kind.name().toLowerCase(Locale.ROOT));
    return subject.isEmpty() ? id : id + "/" + subject;
  }
}
