package dev.wrought.core.model;

import java.util.OptionalInt;

/** The ids with which a text begins and ends; either may be absent. */
public record SpecialIds(OptionalInt begin, OptionalInt end) {

  /** A model that names neither. */
  public static final SpecialIds NONE = new SpecialIds(OptionalInt.empty(), OptionalInt.empty());

  /** One end-of-text token that also stands between documents, as in GPT-2. */
  public static SpecialIds endOfText(int id) {
    return new SpecialIds(OptionalInt.of(id), OptionalInt.of(id));
  }
}
