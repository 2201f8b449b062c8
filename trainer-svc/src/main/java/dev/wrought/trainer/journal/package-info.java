/**
 * A run's folder and its diary.
 *
 * <p>{@link dev.wrought.trainer.journal.RunDirectory} names the files; {@link
 * dev.wrought.trainer.journal.RunJournal} writes events into {@code events.log}, {@link
 * dev.wrought.trainer.journal.JournalReader} reads them back, {@link
 * dev.wrought.trainer.journal.RunEvents} turns them into what travels on Kafka. Worker and service
 * both write here; nobody else does.
 *
 * <p>Not here: {@code run.json} (run), checkpoints (core.checkpoint), sending (forward).
 */
@NullMarked
package dev.wrought.trainer.journal;

import org.jspecify.annotations.NullMarked;
