package dev.wrought.core.config;

/** Where a decoder is in its document, and where it reports to. */
public record Place(String path, Problems problems) {
  /** The root of a document. */
  public static Place root(Problems problems) {
    return new Place("", problems);
  }

  /** The value under a key. */
  public Place key(String key) {
    return new Place(path.isEmpty() ? key : path + "." + key, problems);
  }

  /** An item of a list, from 0 on. */
  public Place item(int index) {
    return new Place(path + "[" + index + "]", problems);
  }

  public void report(Position position, String message) {
    problems.add(new Problem(position, path, message));
  }
}
