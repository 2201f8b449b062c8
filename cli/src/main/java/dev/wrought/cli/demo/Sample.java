package dev.wrought.cli.demo;

/**
 * What a model wrote.
 *
 * @param text without the prompt
 */
public record Sample(String prompt, String text) {}
