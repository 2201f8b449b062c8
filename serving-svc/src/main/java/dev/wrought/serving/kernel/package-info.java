/**
 * The arithmetic of inference: what reads weights and does multiplications.
 *
 * <p>Reading order: {@link dev.wrought.serving.kernel.Kernels} (what there is to compute), {@link
 * dev.wrought.serving.kernel.ScalarKernels} (the reference, in plain loops), {@link
 * dev.wrought.serving.kernel.PackedMatrix} and {@link dev.wrought.serving.kernel.KeyValuePages}
 * (how operands lie in memory), {@link dev.wrought.serving.kernel.VectorKernels} with VectorTiles
 * and VectorAttention, {@link dev.wrought.serving.kernel.ComputePool} (who runs it), {@link
 * dev.wrought.serving.kernel.KernelChoice} (which one runs).
 *
 * <p>Not here: what a layer is and in which order it is computed (engine), where weights come from
 * (weights). Why it is made so is in docs/adr/0006-inference-on-the-vector-api.md.
 *
 * <p>To extend: a further format of weights is a further packed matrix with its tile; a kernel gets
 * its scalar reference first, and KernelsTest compares the two over awkward sizes.
 */
@NullMarked
package dev.wrought.serving.kernel;

import org.jspecify.annotations.NullMarked;
