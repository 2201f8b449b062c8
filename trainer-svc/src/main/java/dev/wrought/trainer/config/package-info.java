/**
 * Settings and wiring: {@link dev.wrought.trainer.config.TrainerSettings} is every key there is
 * beside those of the edge module, {@link dev.wrought.trainer.config.Wiring} joins the rooms,
 * {@link dev.wrought.trainer.config.KafkaHealth} tells whether events get out.
 */
@NullMarked
package dev.wrought.trainer.config;

import org.jspecify.annotations.NullMarked;
