/**
 * What a training run leaves behind: a folder that any Hugging Face reader can load, and that says
 * of itself whether it is whole.
 *
 * <p>Reading order: {@link dev.wrought.core.checkpoint.SafetensorsFile} and {@link
 * dev.wrought.core.checkpoint.SafetensorsWriter} (tensors on disk), {@link
 * dev.wrought.core.checkpoint.Manifest} (the digests, written last), {@link
 * dev.wrought.core.checkpoint.CheckpointPublisher} (how a folder appears at once or not at all),
 * {@link dev.wrought.core.checkpoint.Checkpoints} (which one to load, which ones to delete), {@link
 * dev.wrought.core.checkpoint.CheckpointLease} (how a reader keeps one from being deleted), {@link
 * dev.wrought.core.checkpoint.RunFolder} (where a run's checkpoints are).
 *
 * <p>Not here: what is inside a model (core.model), and who fills a checkpoint's files
 * (trainer-svc). A further file in a checkpoint needs no change here: the manifest covers whatever
 * the content writes.
 */
@NullMarked
package dev.wrought.core.checkpoint;

import org.jspecify.annotations.NullMarked;
