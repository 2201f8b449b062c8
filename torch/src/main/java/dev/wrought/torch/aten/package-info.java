/**
 * libtorch from Java: one typed method per operator on DJL's NDArray, and the only place that knows
 * how libtorch is called.
 *
 * <p>Two doors lead into libtorch 2.7. {@link dev.wrought.torch.aten.Operator} calls its dispatcher
 * through the C ABI, about 2 microseconds a call, for operators whose arguments are tensors,
 * numbers and flags. {@link dev.wrought.torch.aten.Script} composes TorchScript for those with
 * lists, strings or Scalars, which that ABI does not carry. The typed methods over both: {@link
 * dev.wrought.torch.aten.Tensors} (make, convert, reshape), {@link
 * dev.wrought.torch.aten.Arithmetic}, {@link dev.wrought.torch.aten.Layers} (what a transformer
 * consists of) and {@link dev.wrought.torch.aten.Updates} (what an optimizer does).
 *
 * <p>A wrong encoding of an argument is a crash of the process, not an exception. Hence nothing
 * public here takes a variable number of arguments or an operator's name: to add an operator, read
 * its schema in native_functions.yaml, write one typed method, and test it against a reference in
 * double precision.
 *
 * <p>Results belong to the innermost {@code TensorScope} of the calling thread, never to an
 * operand. The device of a result is that of the operands. Not here: gradients and scopes (room
 * autograd), the model (room transformer).
 */
@NullMarked
package dev.wrought.torch.aten;

import org.jspecify.annotations.NullMarked;
