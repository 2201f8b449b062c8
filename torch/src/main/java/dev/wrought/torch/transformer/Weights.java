package dev.wrought.torch.transformer;

import dev.wrought.core.model.TensorSpec;
import java.util.List;
import java.util.Optional;

/** Looks up a model's weights by the names of their layers, for one thread's gradients. */
record Weights(Parameters parameters, Gradients gradients) {

  /** The weight of a layer. */
  Weight of(String layer) {
    return rows(List.of(layer + ".weight"));
  }

  /** The weights of several layers as one matrix, whose rows are theirs one after another. */
  Weight of(List<String> layers) {
    return rows(layers.stream().map(layer -> layer + ".weight").toList());
  }

  /** The biases of several layers one after another, if they have any. */
  Optional<Weight> biases(List<String> layers) {
    return parameters.has(layers.getFirst() + ".bias")
        ? Optional.of(rows(layers.stream().map(layer -> layer + ".bias").toList()))
        : Optional.empty();
  }

  Linear linear(List<String> layers) {
    return new Linear(of(layers), biases(layers));
  }

  private Weight rows(List<String> names) {
    TensorSpec first = parameters.spec(names.getFirst());
    long[] shape = first.shape();
    long end = parameters.offset(names.getFirst()) + first.elements();
    for (String name : names.subList(1, names.size())) {
      if (parameters.offset(name) != end) {
        throw new IllegalStateException(names + " do not follow one another");
      }
      TensorSpec next = parameters.spec(name);
      shape[0] += next.dimensions().getFirst();
      end += next.elements();
    }
    long offset = parameters.offset(names.getFirst());
    return new Weight(
        parameters.masterView(offset, shape),
        parameters.valueView(offset, shape),
        gradients.view(offset, shape),
        first.transposed());
  }
}
