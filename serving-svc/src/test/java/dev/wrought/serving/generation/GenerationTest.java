package dev.wrought.serving.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.serving.TinyCheckpoint;
import dev.wrought.serving.TinyModel;
import dev.wrought.serving.TinyModel.Written;
import dev.wrought.serving.engine.Engine;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.scoring.Item;
import dev.wrought.serving.scoring.ItemScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Texts that a tiny model writes, alone and beside others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerationTest {
  private Path checkpoint;
  private TinyModel tiny;

  @BeforeAll
  void load(@TempDir Path folder) {
    checkpoint = TinyCheckpoint.publish(folder, "llama", 3);
    tiny = TinyModel.load(checkpoint);
  }

  @AfterAll
  void close() {
    tiny.close();
  }

  @Test
  void take_atTemperatureZero_givesTheLikeliestTokensAndTheirScore() throws Exception {
    int[] prompt = tiny.prompt(9, 1);
    Generation generation = tiny.start(settings(prompt, 20, 1), TinyModel.sampler(0));
    Written written = TinyModel.readAll(generation);
    ItemScore score = tiny.score(List.of(new Item(prompt, ints(written.ids())))).getFirst();
    assertTrue(score.greedy());
    assertEquals(score.logLikelihood(), generation.logLikelihood(), 1e-9);
    assertEquals(20, written.end().completionTokens());
    assertEquals(9, written.end().promptTokens());
    assertEquals(Piece.Reason.LENGTH, written.end().reason());
  }

  /** However many were written meanwhile. */
  @Test
  void take_whileTokensWait_givesOneAfterTheOther() throws Exception {
    Generation generation = tiny.start(settings(tiny.prompt(9, 1), 20, 1), TinyModel.sampler(0));
    TinyModel.await(() -> tiny.engine().pagesHeld() == 0);
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece = generation.take(); piece.end().isEmpty(); piece = generation.take()) {
      pieces.add(piece);
    }
    assertTrue(pieces.size() > 5, pieces.size() + " pieces");
    int most = pieces.stream().mapToInt(piece -> piece.ids().size()).max().orElseThrow();
    assertTrue(most < 4, "a piece of " + most + " tokens");
  }

  @Test
  void take_ofManyTextsAtOnce_givesWhatEachGetsAlone() throws Exception {
    List<Written> alone = new ArrayList<>();
    List<Double> likelihoods = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Generation generation = tiny.start(settings(i), TinyModel.sampler(1));
      alone.add(TinyModel.readAll(generation));
      likelihoods.add(generation.logLikelihood());
    }
    List<Generation> together = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      together.add(tiny.start(settings(i), TinyModel.sampler(1)));
    }
    List<ItemScore> beside = tiny.score(List.of(new Item(tiny.prompt(30, 5), new int[] {1, 2})));
    for (int i = 0; i < 12; i++) {
      Written written = TinyModel.readAll(together.get(i));
      assertEquals(alone.get(i).text(), written.text());
      assertEquals(alone.get(i).ids(), written.ids());
      assertEquals(likelihoods.get(i), together.get(i).logLikelihood());
    }
    assertEquals(
        beside.getFirst().logLikelihood(),
        tiny.score(List.of(new Item(tiny.prompt(30, 5), new int[] {1, 2})))
            .getFirst()
            .logLikelihood());
  }

  @Test
  void take_ofTheSameSeed_isTheSameAndOfAnotherIsNot() throws Exception {
    int[] prompt = tiny.prompt(5, 2);
    String first =
        TinyModel.readAll(tiny.start(settings(prompt, 30, 42), TinyModel.sampler(1))).text();
    String again =
        TinyModel.readAll(tiny.start(settings(prompt, 30, 42), TinyModel.sampler(1))).text();
    String other =
        TinyModel.readAll(tiny.start(settings(prompt, 30, 43), TinyModel.sampler(1))).text();
    assertEquals(first, again);
    assertFalse(first.equals(other));
  }

  @Test
  void take_aStopString_endsTheTextBeforeIt() throws Exception {
    Written whole =
        TinyModel.readAll(tiny.start(settings(tiny.prompt(5, 3), 40, 7), TinyModel.sampler(1)));
    String stop = whole.text().substring(10, 13);
    int at = whole.text().indexOf(stop);
    GenerationSettings stopping = new GenerationSettings(tiny.prompt(5, 3), 40, List.of(stop), 7);
    Written stopped = TinyModel.readAll(tiny.start(stopping, TinyModel.sampler(1)));
    assertEquals(whole.text().substring(0, at), stopped.text());
    assertEquals(Piece.Reason.STOP, stopped.end().reason());
  }

  @Test
  void take_theEndOfTextToken_endsTheTextWithoutIt() throws Exception {
    int end = tiny.model().endOfText().orElseThrow();
    Sampler three = (logits, history, random) -> history.size() < 7 ? 65 : end;
    Written written = TinyModel.readAll(tiny.start(settings(tiny.prompt(4, 4), 40, 7), three));
    assertEquals(List.of(65, 65, 65), written.ids());
    assertEquals(Piece.Reason.STOP, written.end().reason());
    assertEquals(3, written.end().completionTokens());
  }

  @Test
  void take_asManyTokensAsTheContextHolds_endsByLength() throws Exception {
    Sampler always = (logits, history, random) -> 65;
    Written written = TinyModel.readAll(tiny.start(settings(tiny.prompt(70, 4), 77, 7), always));
    assertEquals(TinyCheckpoint.CONTEXT - 70 + 1, written.ids().size());
    assertEquals(Piece.Reason.LENGTH, written.end().reason());
  }

  /** The last token is not computed with, so the cache of one context has room for all others. */
  @Test
  void take_wherePagesAreForOneContextOnly_fillsItToTheLastToken(@TempDir Path folder)
      throws Exception {
    Path pages = TinyCheckpoint.publish(folder, "whole-pages", 3);
    Sampler always = (logits, history, random) -> 65;
    try (TinyModel one = TinyModel.load(pages, new Engine.Limits(1, 1))) {
      GenerationSettings all = settings(one.prompt(60, 4), 64, 7);
      Written written = TinyModel.readAll(one.start(all, always));
      assertEquals(64 - 60 + 1, written.ids().size());
      assertEquals(5, TinyModel.readAll(one.start(all, always)).ids().size());
    }
  }

  /** What a checkpoint claims of itself costs nothing before it is used. */
  @Test
  void take_fromAModelOfAnEndlessContext_costsWhatIsWritten(@TempDir Path folder) throws Exception {
    try (TinyModel endless = TinyModel.load(TinyCheckpoint.publish(folder, "longest", 3))) {
      Generation generation =
          endless.start(settings(endless.prompt(9, 1), 20, 1), TinyModel.sampler(0));
      assertEquals(20, TinyModel.readAll(generation).end().completionTokens());
      assertTrue(endless.engine().cacheBytes() < 1 << 20);
      GenerationSettings tooLong = settings(endless.prompt(9, 1), 1 << 26, 1);
      WroughtException refused =
          assertThrows(
              WroughtException.class,
              () -> TinyModel.readAll(endless.start(tooLong, TinyModel.sampler(0))));
      assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
    }
  }

  /** FAULTS S5. */
  @Test
  void prompt_longerThanTheContext_isRefusedWithBothNumbers() {
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () -> tiny.start(settings(tiny.prompt(78, 4), 5, 7), TinyModel.sampler(1)));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("78 tokens"));
    assertTrue(String.valueOf(refused.getMessage()).contains("context is 77"));
  }

  @Test
  void take_aSamplerThatFails_endsItsTextOnly() throws Exception {
    Generation bystander = tiny.start(settings(tiny.prompt(4, 4), 60, 7), TinyModel.sampler(1));
    Sampler broken =
        (logits, history, random) -> {
          throw new IllegalStateException("no idea");
        };
    Sampler stray = (logits, history, random) -> logits.size();
    for (Sampler sampler : List.of(broken, stray)) {
      Generation failing = tiny.start(settings(tiny.prompt(4, 4), 60, 7), sampler);
      WroughtException failure = assertThrows(WroughtException.class, failing::take);
      assertEquals(ErrorCode.INVALID_PLUGIN, failure.code());
    }
    assertTrue(TinyModel.readAll(bystander).end().completionTokens() > 0);
    TinyModel.await(() -> tiny.engine().pagesHeld() == 0);
  }

  /** FAULTS S1: without its reader, a text costs one step more at most. */
  @Test
  void abandoned_aTextBeingWritten_stopsWithinAToken() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    AtomicBoolean sampledAfterwards = new AtomicBoolean();
    Sampler watching =
        (logits, history, random) -> {
          sampledAfterwards.set(gone.get() && history.size() > 8);
          gone.set(history.size() == 8);
          return 65;
        };
    Generation generation =
        tiny.start(settings(tiny.prompt(4, 4), 60, 7), watching, () -> gone.get());
    WroughtException failure =
        assertThrows(WroughtException.class, () -> TinyModel.readAll(generation));
    assertEquals(ErrorCode.CANCELLED, failure.code());
    assertFalse(sampledAfterwards.get());
    TinyModel.await(() -> tiny.engine().pagesHeld() == 0);
  }

  /** FAULTS S2: whoever does not read holds up nobody else. */
  @Test
  void take_besideAReaderThatDoesNotRead_goesOn() throws Exception {
    Sampler always = (logits, history, random) -> 65;
    Generation unread = tiny.start(settings(tiny.prompt(1, 4), 77, 7), always);
    for (int i = 0; i < 3; i++) {
      Generation read = tiny.start(settings(tiny.prompt(1, 4), 77, 7), always);
      assertEquals(77, TinyModel.readAll(read).ids().size());
    }
    assertTrue(tiny.engine().pagesHeld() > 0, "the unread text is not over");
    assertEquals(77, TinyModel.readAll(unread).ids().size());
  }

  @Test
  void submit_whereNoneMayWait_isTakenOnWhileNothingRuns() throws Exception {
    try (TinyModel single = TinyModel.load(checkpoint, new Engine.Limits(1, 0))) {
      AtomicBoolean gone = new AtomicBoolean();
      Sampler always = (logits, history, random) -> 65;
      Generation first = single.start(settings(single.prompt(1, 4), 77, 7), always, gone::get);
      WroughtException refused =
          assertThrows(
              WroughtException.class,
              () -> single.start(settings(single.prompt(1, 4), 77, 7), always));
      assertEquals(ErrorCode.OVERLOADED, refused.code());
      gone.set(true);
      assertThrows(WroughtException.class, () -> TinyModel.readAll(first));
    }
  }

  @Test
  void submit_moreThanMayWait_isRefused() throws Exception {
    try (TinyModel busy = TinyModel.load(checkpoint, new Engine.Limits(1, 2))) {
      AtomicBoolean gone = new AtomicBoolean();
      Sampler always = (logits, history, random) -> 65;
      List<Generation> accepted = new ArrayList<>();
      WroughtException refused =
          assertThrows(
              WroughtException.class,
              () -> {
                for (int i = 0; i < 4; i++) {
                  accepted.add(busy.start(settings(busy.prompt(1, 4), 77, 7), always, gone::get));
                }
              });
      assertEquals(ErrorCode.OVERLOADED, refused.code());
      gone.set(true);
      for (Generation each : accepted) {
        assertThrows(WroughtException.class, () -> TinyModel.readAll(each));
      }
    }
  }

  private GenerationSettings settings(int number) {
    return settings(tiny.prompt(3 + 4 * number, number), 10 + number, number);
  }

  private static GenerationSettings settings(int[] prompt, int maxTokens, long seed) {
    return new GenerationSettings(prompt, maxTokens, List.of(), seed);
  }

  private static int[] ints(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
