package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Tensors;
import java.util.List;
import java.util.Optional;

/**
 * Causal self-attention with grouped queries. Source: Vaswani et al. 2017, section 3.2; Ainslie et
 * al. 2023.
 *
 * <p>B sequences, T tokens, H heads of queries, G heads of keys and values, R = H/G queries to a
 * key, D the width of a head. The R queries of a key lie behind one another, so that one batched
 * product serves grouped and plain attention alike.
 *
 * <p>The scores are held as a matrix: for sequences of some hundred tokens that is faster on CPUs
 * than the fused operator. Measured in docs/adr/0004.
 */
final class Attention {

  private final Linear queryKeyValue;
  private final Linear out;
  private final Optional<Rotary> rotary;
  private final int heads;
  private final int groups;
  private final int headDim;
  private final double scale;

  Attention(
      Linear queryKeyValue,
      Linear out,
      Optional<Rotary> rotary,
      dev.wrought.core.model.Attention sizes) {
    this.queryKeyValue = queryKeyValue;
    this.out = out;
    this.rotary = rotary;
    heads = sizes.heads();
    groups = sizes.keyValueHeads();
    headDim = sizes.headDim();
    scale = 1 / Math.sqrt(headDim);
  }

  /**
   * @param x [N,C], kept
   * @return [N,C]
   */
  NDArray forward(NDArray x, Window window, Tape tape) {
    NDArray qkv = queryKeyValue.forward(x, tape); //                 [N,(H+2G)D]
    NDArray q = turned(split(qkv, window, 0, heads)); //             [B,H,T,D]
    NDArray k = turned(split(qkv, window, heads, groups)); //        [B,G,T,D]
    NDArray v = split(qkv, window, heads + groups, groups); //       [B,G,T,D]
    Arithmetic.multiplyInPlace(q, scale);
    q = tape.keep(stacked(q)); //                                    [BG,RT,D]
    k = tape.keep(stacked(k)); //                                    [BG,T,D]
    v = tape.keep(stacked(v)); //                                    [BG,T,D]
    NDArray scores = Arithmetic.batchProduct(q, transposed(k)); //   [BG,RT,T]
    Arithmetic.addInPlace(perHead(scores, window), window.mask());
    NDArray shares = tape.keep(Layers.softmax(scores)); //           [BG,RT,T]
    NDArray y = Arithmetic.batchProduct(shares, v); //               [BG,RT,D]
    return out.forward(joined(y, window, heads), tape);
  }

  /**
   * @param dy [N,C]
   * @return dx, [N,C]
   */
  NDArray backward(NDArray dy, Window window, Tape tape) {
    NDArray dJoined = out.backward(dy, tape); //                     [N,HD]
    NDArray dY = stacked(split(dJoined, window, 0, heads)); //       [BG,RT,D]
    NDArray shares = tape.take();
    NDArray v = tape.take();
    NDArray k = tape.take();
    NDArray q = tape.take();
    NDArray dV = Arithmetic.batchProduct(transposed(shares), dY); // [BG,T,D]
    NDArray dShares = Arithmetic.batchProduct(dY, transposed(v)); // [BG,RT,T]
    NDArray dScores = Layers.softmaxBackward(dShares, shares);
    NDArray dK = Arithmetic.batchProduct(transposed(dScores), q); // [BG,T,D]
    NDArray dQ = Arithmetic.batchProduct(dScores, k); //             [BG,RT,D]
    Arithmetic.multiplyInPlace(dQ, scale);
    NDArray dQkv =
        Tensors.concatenate(
            List.of(
                joined(turnedBack(perHead(dQ, window, heads)), window, heads),
                joined(turnedBack(perHead(dK, window, groups)), window, groups),
                joined(dV, window, groups)),
            1); //                                                   [N,(H+2G)D]
    return queryKeyValue.backward(dQkv, tape);
  }

  /** Some of the heads that lie beside one another in a row: [N,..] to [B,count,T,D], copied. */
  private NDArray split(NDArray rows, Window window, int firstHead, int count) {
    NDArray part = Tensors.narrow(rows, 1, (long) firstHead * headDim, (long) count * headDim);
    NDArray byToken = Tensors.reshape(part, window.sequences(), window.length(), count, headDim);
    return Tensors.contiguous(Tensors.transpose(byToken, 1, 2));
  }

  /** The opposite of split: [B,count,T,D] in any grouping to [N,count D], copied. */
  private NDArray joined(NDArray byHead, Window window, int count) {
    NDArray byToken = Tensors.transpose(perHead(byHead, window, count), 1, 2);
    return Tensors.reshape(byToken, window.tokens(), (long) count * headDim);
  }

  /** The queries of one key behind one another: [B,H,T,D] to [BG,RT,D]. */
  private NDArray stacked(NDArray byHead) {
    long batches = byHead.getShape().get(0) * groups;
    return Tensors.reshape(byHead, batches, -1, headDim);
  }

  private NDArray perHead(NDArray stacked, Window window, int count) {
    return Tensors.reshape(stacked, window.sequences(), count, window.length(), headDim);
  }

  /** Scores as [B,H,T,T], a view. */
  private NDArray perHead(NDArray scores, Window window) {
    return Tensors.reshape(scores, window.sequences(), heads, window.length(), window.length());
  }

  private NDArray turned(NDArray byHead) {
    return rotary.map(r -> r.forward(byHead)).orElse(byHead);
  }

  private NDArray turnedBack(NDArray byHead) {
    return rotary.map(r -> r.backward(byHead)).orElse(byHead);
  }

  private static NDArray transposed(NDArray batch) {
    return Tensors.transpose(batch, 1, 2);
  }
}
