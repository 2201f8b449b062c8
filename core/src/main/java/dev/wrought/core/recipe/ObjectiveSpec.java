package dev.wrought.core.recipe;

import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Example;
import dev.wrought.core.config.Size;
import java.util.List;

/** What the model learns to predict. */
public record ObjectiveSpec(
    @Doc("One or more objectives; each training sequence is given to one, by weight.")
        @Example("[{weight: 1, causal: {}}]")
        @Size(min = 1, max = 32)
        List<WeightedObjective> mixture) {
  public ObjectiveSpec {
    mixture = List.copyOf(mixture);
    Checks.of(ObjectiveSpec.class, mixture).done();
  }
}
