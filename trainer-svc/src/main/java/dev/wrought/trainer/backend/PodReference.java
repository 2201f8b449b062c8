package dev.wrought.trainer.backend;

import java.time.Instant;

/**
 * What a pod is found by after a restart.
 *
 * @param pid process id; 0 where the backend has none to tell
 * @param started tells a process from a later one with the same id
 */
public record PodReference(long pid, Instant started) {}
