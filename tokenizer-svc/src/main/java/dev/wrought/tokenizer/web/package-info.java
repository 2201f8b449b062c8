/**
 * The page that shows what tokenizers make of a text, and the JSON that it lives on.
 *
 * <p>Read {@link dev.wrought.tokenizer.web.TokensResource}, then its shapes, {@link
 * dev.wrought.tokenizer.web.TokensRequest} and {@link dev.wrought.tokenizer.web.TokensJson}. The
 * page itself is plain HTML, CSS and modules in {@code META-INF/resources}: start at {@code
 * js/main.js}. Nothing of it needs to be built; its look and typefaces are the edge module's, as
 * the dashboard's.
 *
 * <p>Not here: how a text becomes tokens, and who gets the processors for it (the room encoding).
 */
@NullMarked
package dev.wrought.tokenizer.web;

import org.jspecify.annotations.NullMarked;
