/**
 * Which models are loaded, and for whom.
 *
 * <p>Reading order: {@link dev.wrought.serving.models.Models} (loading, leases, what is unloaded
 * for whom), {@link dev.wrought.serving.models.ServedModel} (a checkpoint with its engine), {@link
 * dev.wrought.serving.models.RunCheckpoints} (what {@code run:NAME} is).
 *
 * <p>Not here: what a checkpoint's files hold (weights), how a model computes (engine).
 */
@NullMarked
package dev.wrought.serving.models;

import org.jspecify.annotations.NullMarked;
