package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Tensors;
import java.util.List;

/** The network behind attention, for each token by itself. F is the width between its layers. */
sealed interface FeedForward {

  /**
   * @param x [N,C], kept
   * @return [N,C]
   */
  NDArray forward(NDArray x, Tape tape);

  /**
   * @param dy [N,C]
   * @return dx, [N,C]
   */
  NDArray backward(NDArray dy, Tape tape);

  static FeedForward of(Linear up, Linear down, dev.wrought.core.model.FeedForward kind) {
    return switch (kind) {
      case dev.wrought.core.model.FeedForward.Gelu gelu -> new Gelu(up, down, gelu.tanh());
      case dev.wrought.core.model.FeedForward.SwiGlu swiGlu -> new SwiGlu(up, down, swiGlu.width());
    };
  }

  /** {@code down(gelu(up(x)))}. */
  record Gelu(Linear up, Linear down, boolean tanh) implements FeedForward {

    @Override
    public NDArray forward(NDArray x, Tape tape) {
      NDArray u = tape.keep(up.forward(x, tape)); //                 [N,F]
      return down.forward(Layers.gelu(u, tanh), tape);
    }

    @Override
    public NDArray backward(NDArray dy, Tape tape) {
      NDArray dGelu = down.backward(dy, tape); //                    [N,F]
      return up.backward(Layers.geluBackward(dGelu, tape.take(), tanh), tape);
    }
  }

  /** {@code down(silu(gate(x)) * up(x))}; gate and up are one matrix, gate first. */
  record SwiGlu(Linear gateUp, Linear down, int width) implements FeedForward {

    @Override
    public NDArray forward(NDArray x, Tape tape) {
      NDArray both = tape.keep(gateUp.forward(x, tape)); //          [N,2F]
      NDArray open = tape.keep(Layers.silu(gate(both))); //          [N,F]
      return down.forward(Arithmetic.multiply(open, up(both)), tape);
    }

    @Override
    public NDArray backward(NDArray dy, Tape tape) {
      NDArray d = down.backward(dy, tape); //                        [N,F]
      NDArray dUp = Arithmetic.multiply(d, tape.take());
      NDArray both = tape.take();
      Arithmetic.multiplyInPlace(d, up(both));
      NDArray dGate = Layers.siluBackward(d, gate(both));
      return gateUp.backward(Tensors.concatenate(List.of(dGate, dUp), 1), tape);
    }

    private NDArray gate(NDArray both) {
      return Tensors.narrow(both, 1, 0, width);
    }

    private NDArray up(NDArray both) {
      return Tensors.narrow(both, 1, width, width);
    }
  }
}
