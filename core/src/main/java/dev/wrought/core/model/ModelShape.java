package dev.wrought.core.model;

/**
 * The sizes in which the members of a family differ.
 *
 * @param feedForwardWidth the width between the feed-forward network's layers
 */
public record ModelShape(
    int vocabularySize,
    int contextLength,
    int layers,
    int width,
    int heads,
    int keyValueHeads,
    int feedForwardWidth) {}
