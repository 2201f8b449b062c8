package dev.wrought.serving.kernel;

/**
 * The part of a sequence that a row may attend to.
 *
 * @param pages the sequence's pages in order
 * @param positions how many of their positions count, the row's own being the last
 */
public record Span(int[] pages, int positions) {}
