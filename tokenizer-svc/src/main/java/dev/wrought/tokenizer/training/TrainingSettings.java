package dev.wrought.tokenizer.training;

import java.time.Duration;

/**
 * What a training may use.
 *
 * @param threads that count words
 * @param memoryBytes that words may take at most
 * @param saveInterval between two saves of what is done so far, at least
 */
public record TrainingSettings(int threads, long memoryBytes, Duration saveInterval) {}
