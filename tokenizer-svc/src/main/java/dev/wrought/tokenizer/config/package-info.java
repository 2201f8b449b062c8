/**
 * Settings and wiring: {@link dev.wrought.tokenizer.config.TokenizerSettings} is every key there is
 * beside those of the edge module, {@link dev.wrought.tokenizer.config.Wiring} joins the rooms.
 */
@NullMarked
package dev.wrought.tokenizer.config;

import org.jspecify.annotations.NullMarked;
