package dev.wrought.core.artifact;

/** A kind of thing that is kept by digest. */
public enum ArtifactKind {
  TOKENIZER("tokenizer", "tokenizers", "tokenizer.json"),
  DATASET("dataset", "datasets", "dataset.json");

  private final String label;
  private final String folder;
  private final String mainFile;

  ArtifactKind(String label, String folder, String mainFile) {
    this.label = label;
    this.folder = folder;
    this.mainFile = mainFile;
  }

  /** What people call it, in messages. */
  public String label() {
    return label;
  }

  /** The folder under the home that holds all of this kind. */
  public String folder() {
    return folder;
  }

  /** The file without which a folder is not such an artifact. */
  public String mainFile() {
    return mainFile;
  }
}
