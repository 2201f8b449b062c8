/**
 * The service's outside: {@link dev.wrought.tokenizer.grpc.TokenizerEndpoint} answers every method
 * of {@code TokenizerService}.
 *
 * <p>Messages become the rooms' own records once ({@link dev.wrought.tokenizer.grpc.Requests}) and
 * results become messages once ({@link dev.wrought.tokenizer.grpc.Replies}); for encoding that is
 * {@link dev.wrought.tokenizer.grpc.EncodeRequests} and {@link
 * dev.wrought.tokenizer.grpc.EncodeReplies}, with {@link dev.wrought.tokenizer.grpc.EncodeStream}
 * and {@link dev.wrought.tokenizer.grpc.DecodeStream} for what never ends. {@link
 * dev.wrought.tokenizer.grpc.ProgressStream} is how long work tells of itself and learns that
 * nobody waits for it any more. Failures are mapped by the edge module.
 */
@NullMarked
package dev.wrought.tokenizer.grpc;

import org.jspecify.annotations.NullMarked;
