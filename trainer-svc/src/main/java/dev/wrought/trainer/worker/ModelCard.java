package dev.wrought.trainer.worker;

import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.trainer.plan.Plan;
import dev.wrought.trainer.plan.Plan.PlannedDataset;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** {@code MODEL_CARD.md}: how this model was made, for whoever finds it. */
record ModelCard(Plan plan, TrainerState state, Instant written) {

  String text() {
    return String.format(
        Locale.ROOT,
        """
        ---
        library_name: transformers
        tags: [wrought]
        ---

        # %s, step %,d

        A decoder-only transformer of %,d parameters, made by Wrought. It was pre-trained on the corpus below and on nothing
        else: it continues text of that kind, and knows nothing of instructions.

        | | |
        |---|---|
        | run | %s (`%s`), start %d |
        | step | %,d of %s |
        | tokens trained on | %,d |
        | first training loss | %s |
        | last training loss | %s |
        | held-out loss | %s |
        | compute | %.3g FLOPs, %s of steps, %,.0f tokens/s |
        | machine | %d threads, %s%s |
        | written | %s |

        Losses are in nats per token.

        ## Corpus

        | dataset | weight | training tokens | held-out tokens | sources |
        |---|---|---|---|---|
        %s

        Digests: %s; tokenizer `%s` (%,d tokens).

        ## Use

        ```python
        from transformers import AutoModelForCausalLM, AutoTokenizer
        model, tokenizer = AutoModelForCausalLM.from_pretrained("."), AutoTokenizer.from_pretrained(".")
        ```

        `optimizer.safetensors` and `trainer-state.json` let the run go on from here; `manifest.json` has the SHA-256 of every
        file.

        ## Recipe

        ```yaml
        %s
        ```
        """,
        plan.recipe().name(),
        state.step(),
        plan.facts().parameters(),
        state.run(),
        state.runUid(),
        state.epoch(),
        state.step(),
        state.plannedSteps() == 0
            ? "a number not known yet"
            : String.format(Locale.ROOT, "%,d", state.plannedSteps()),
        state.totalTokens(),
        loss(state.firstLoss()),
        loss(state.loss()),
        loss(state.validationLoss()),
        plan.facts().flopsPerToken() * state.totalTokens(),
        duration(state.trainingSeconds()),
        state.trainingSeconds() > 0 ? state.totalTokens() / state.trainingSeconds() : 0,
        state.threads(),
        state.instructionSet(),
        state.exact() ? "" : " (resumed elsewhere: not exact)",
        written.truncatedTo(ChronoUnit.SECONDS),
        plan.datasets().stream().map(ModelCard::row).collect(Collectors.joining("\n")),
        state.datasets().stream()
            .map(each -> "`" + each.dataset() + "`")
            .collect(Collectors.joining(", ")),
        state.tokenizerDigest(),
        plan.tokenizer().vocabularySize(),
        plan.recipe().toYaml().strip());
  }

  private static String row(PlannedDataset planned) {
    DatasetFacts facts = planned.dataset().facts();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %s |",
        facts.name(),
        planned.weight(),
        facts.train().tokens(),
        facts.validation().tokens(),
        facts.corpus().sources().stream()
            .map(source ->
                String.format(Locale.ROOT, "%s (%,d documents)", source.path(), source.documents()))
            .collect(Collectors.joining(", ")));
  }

  private static String loss(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.4f", value.getAsDouble())
        : "not measured";
  }

  private static String duration(double seconds) {
    return seconds < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }
}
