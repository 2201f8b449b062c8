package dev.wrought.core.recipe;

import dev.wrought.core.config.AtLeast;
import dev.wrought.core.config.AtMost;
import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.MoreThan;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A preset and what is changed of it. The vocabulary comes from the tokenizer. */
public record ModelSpec(
    @Doc("A family (llama, gpt) or a preset (gpt2-124m); the fields below override it.")
        String preset,
    @Doc("Decoder blocks.") @AtLeast(1) @AtMost(1024) OptionalInt layers,
    @Doc("Width of the residual stream.") @AtLeast(1) @AtMost(1 << 20) OptionalInt width,
    @Doc("Attention heads; a divisor of width.") @AtLeast(1) @AtMost(65536) OptionalInt heads,
    @Doc("Key and value heads; a divisor of heads.") @AtLeast(1) @AtMost(65536)
        OptionalInt keyValueHeads,
    @Doc("Inner width of the feed-forward layers.") @AtLeast(1) @AtMost(1 << 24)
        OptionalInt feedForwardWidth,
    @Doc("Tokens of a sequence.") @AtLeast(2) @AtMost(1 << 24) OptionalInt contextLength,
    @Doc("Whether the output layer is the embedding.") Optional<Boolean> tiedEmbeddings,
    @Doc("Base of the rotary frequencies.") @MoreThan(0) OptionalDouble ropeTheta) {
  public ModelSpec {
    Checks.of(
            ModelSpec.class,
            preset,
            layers,
            width,
            heads,
            keyValueHeads,
            feedForwardWidth,
            contextLength,
            tiedEmbeddings,
            ropeTheta)
        .done();
  }
}
