package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Causal self-attention with grouped queries. Source: Vaswani et al. 2017, section 3.2; Ainslie et
 * al. 2023.
 *
 * <p>B sequences, T tokens, H heads of queries, G heads of keys and values, R = H/G queries to a
 * key, D the width of a head. The R queries of a token lie beside one another, so that one batched
 * product of [BG,TR,D] and [BG,T,D] serves grouped and plain attention alike.
 *
 * <p>The scores are held as matrices, a strip of queries at a time against the keys that it may
 * see: that is faster on CPUs than the fused operator, and a long sequence has only half of them.
 * Measured in docs/adr/0004.
 */
final class Attention {

  /** Tokens whose queries are one strip. */
  private static final int STRIP = 128;

  private final Linear queryKeyValue;
  private final Linear out;
  private final Optional<Rotary> rotary;
  private final int groups;
  private final int queries;
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
    groups = sizes.keyValueHeads();
    queries = sizes.heads() / groups;
    headDim = sizes.headDim();
    scale = 1 / Math.sqrt(headDim);
  }

  /** Tokens from start until before end: their queries see the keys before end. */
  private record Strip(int start, int end) {

    static List<Strip> of(int length) {
      List<Strip> strips = new ArrayList<>();
      for (int start = 0; start < length; start += STRIP) {
        strips.add(new Strip(start, Math.min(length, start + STRIP)));
      }
      return strips;
    }

    NDArray queries(NDArray rows, int queries) {
      return Tensors.narrow(rows, 1, (long) start * queries, (long) (end - start) * queries);
    }

    NDArray keys(NDArray rows) {
      return Tensors.narrow(rows, 1, 0, end);
    }
  }

  /**
   * @param x [N,C], kept
   * @return [N,C]
   */
  NDArray forward(NDArray x, Window window, Tape tape) {
    NDArray qkv = queryKeyValue.forward(x, tape); //                       [N,(GR+2G)D]
    int heads = groups * queries;
    NDArray q = turned(split(qkv, window, 0, queries)); //                 [B,G,T,R,D]
    NDArray k = turned(split(qkv, window, heads, 1)); //                   [B,G,T,1,D]
    NDArray v = split(qkv, window, heads + groups, 1); //                  [B,G,T,1,D]
    Arithmetic.multiplyInPlace(q, scale);
    NDArray qs = tape.keep(rows(q)); //                                    [BG,TR,D]
    NDArray ks = tape.keep(rows(k)); //                                    [BG,T,D]
    NDArray vs = tape.keep(rows(v)); //                                    [BG,T,D]
    List<NDArray> strips = new ArrayList<>();
    for (Strip strip : Strip.of(window.length())) {
      NDArray scores =
          Arithmetic.batchProduct(
              strip.queries(qs, queries), transposed(strip.keys(ks))); //  [BG,tR,T']
      Arithmetic.addInPlace(byToken(scores, window), mask(window, strip));
      NDArray shares = tape.keep(Layers.softmax(scores));
      strips.add(Arithmetic.batchProduct(shares, strip.keys(vs))); //      [BG,tR,D]
    }
    return out.forward(joined(Tensors.concatenate(strips, 1), window), tape);
  }

  /**
   * @param dy [N,C]
   * @return dx, [N,C]
   */
  NDArray backward(NDArray dy, Window window, Tape tape) {
    NDArray dYs = rows(split(out.backward(dy, tape), window, 0, queries)); // [BG,TR,D]
    List<Strip> strips = Strip.of(window.length()).reversed();
    List<NDArray> shares = strips.stream().map(strip -> tape.take()).toList();
    NDArray v = tape.take();
    NDArray k = tape.take();
    NDArray q = tape.take();
    NDArray dK = Tensors.zerosLike(k); //                                  [BG,T,D]
    NDArray dV = Tensors.zerosLike(v); //                                  [BG,T,D]
    List<NDArray> dQs = new ArrayList<>();
    for (int i = 0; i < strips.size(); i++) {
      Strip strip = strips.get(i);
      NDArray share = shares.get(i); //                                    [BG,tR,T']
      NDArray dY = strip.queries(dYs, queries); //                         [BG,tR,D]
      NDArray dShare = Arithmetic.batchProduct(dY, transposed(strip.keys(v)));
      NDArray dScores = Layers.softmaxBackward(dShare, share); //          [BG,tR,T']
      dQs.addFirst(Arithmetic.batchProduct(dScores, strip.keys(k)));
      Arithmetic.addInPlace(
          strip.keys(dK), Arithmetic.batchProduct(transposed(dScores), strip.queries(q, queries)));
      Arithmetic.addInPlace(strip.keys(dV), Arithmetic.batchProduct(transposed(share), dY));
    }
    NDArray dQ = Tensors.concatenate(dQs, 1); //                           [BG,TR,D]
    Arithmetic.multiplyInPlace(dQ, scale);
    NDArray dQkv =
        Tensors.concatenate(
            List.of(
                joined(turnedBack(byHead(dQ, window)), window),
                joined(turnedBack(byHead(dK, window)), window),
                joined(dV, window)),
            1); //                                                         [N,(GR+2G)D]
    return queryKeyValue.backward(dQkv, tape);
  }

  /** Some of the heads of each row, count to a group: [N,..] to [B,G,T,count,D], copied. */
  private NDArray split(NDArray rows, Window window, int firstHead, int count) {
    long width = (long) count * headDim;
    NDArray part = Tensors.narrow(rows, 1, (long) firstHead * headDim, groups * width);
    Shape shape = new Shape(window.sequences(), window.length(), groups, width);
    NDArray byToken = Tensors.reshape(part, shape);
    return byHead(Tensors.contiguous(Tensors.transpose(byToken, 1, 2)), window);
  }

  /** The opposite of split: [BG,T count,D] to [N,G count D], copied. */
  private NDArray joined(NDArray rows, Window window) {
    Shape shape = new Shape(window.sequences(), groups, window.length(), -1);
    NDArray byToken = Tensors.transpose(Tensors.reshape(rows, shape), 1, 2);
    return Tensors.reshape(byToken, new Shape(window.tokens(), -1));
  }

  /** [BG,T count,D] as [B,G,T,count,D]. */
  private NDArray byHead(NDArray rows, Window window) {
    Shape shape = new Shape(window.sequences(), groups, window.length(), -1, headDim);
    return Tensors.reshape(rows, shape);
  }

  /** [B,G,T,count,D] as [BG,T count,D]. */
  private NDArray rows(NDArray byHead) {
    Shape shape = new Shape(byHead.getShape().get(0) * groups, -1, headDim);
    return Tensors.reshape(byHead, shape);
  }

  /** A strip's scores [BG,tR,T'] as [B,G,t,R,T'], to meet the mask. */
  private NDArray byToken(NDArray scores, Window window) {
    long keys = scores.getShape().get(2);
    return Tensors.reshape(scores, new Shape(window.sequences(), groups, -1, queries, keys));
  }

  /** The mask of a strip's tokens, [..,t,1,T']. */
  private static NDArray mask(Window window, Strip strip) {
    int rows = window.mask().getShape().dimension() - 3;
    NDArray ofTokens =
        Tensors.narrow(window.mask(), rows, strip.start(), strip.end() - strip.start());
    return Tensors.narrow(ofTokens, rows + 2, 0, strip.end());
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
