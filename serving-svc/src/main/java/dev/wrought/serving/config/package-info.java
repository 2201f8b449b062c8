/**
 * Settings and wiring: {@link dev.wrought.serving.config.ServingSettings} is every key there is
 * beside those of the edge module, {@link dev.wrought.serving.config.Wiring} joins the rooms.
 */
@NullMarked
package dev.wrought.serving.config;

import org.jspecify.annotations.NullMarked;
