/**
 * Where workers run: the {@code PodBackend} plugin kind and its provider {@code process}, a JVM of
 * its own on this machine.
 *
 * <p>Read {@link dev.wrought.trainer.backend.PodBackend} and {@link
 * dev.wrought.trainer.backend.WorkerSpec} (what every worker gets, wherever it runs), then {@link
 * dev.wrought.trainer.backend.ProcessBackend}. Not here: when a worker is started, stopped or
 * started again (run).
 *
 * <p>To extend: implement {@link dev.wrought.trainer.backend.PodBackendFactory} in a jar of its
 * own, name it in {@code META-INF/services}, drop the jar in {@code plugins/}, and choose it with
 * {@code wrought.trainer.backend}.
 */
@NullMarked
package dev.wrought.trainer.backend;

import org.jspecify.annotations.NullMarked;
