package dev.wrought.serving.models;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.checkpoint.Manifest;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The loaded models. A model is loaded at its first use and stays; when another needs its place,
 * the one unused for longest goes, unless it is in use or leased. A lease whose model nobody used
 * for 15 minutes is taken for forgotten. Thread-safe; one model is loaded at a time.
 *
 * <p>A reference is the absolute path of a checkpoint; {@code run:NAME}, the newest good checkpoint
 * of a run, or the one that is leased under this name; or empty, the only loaded model.
 */
public final class Models implements AutoCloseable {
  private static final String RUN = "run:";
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private final RunCheckpoints runs;
  private final ServedModel.Compute compute;
  private final int most;
  private final Clock clock;
  private final ReentrantLock loading = new ReentrantLock(true);
  private final List<Entry> entries = new ArrayList<>();

  /** A loaded model and who needs it. Guarded by this registry's monitor. */
  private final class Entry {
    private final ServedModel model;
    private final String reference;
    private final Set<String> leases = new HashSet<>();
    private final Set<String> leasedNames = new HashSet<>();
    private int uses;
    private Instant lastUsed = clock.instant();

    Entry(ServedModel model, String reference) {
      this.model = model;
      this.reference = reference;
    }

    boolean removable() {
      boolean forgotten = lastUsed.plus(FORGOTTEN).isBefore(clock.instant());
      return uses == 0 && (leases.isEmpty() || forgotten);
    }
  }

  /**
   * @param home where runs are
   * @param most how many models are loaded at once
   */
  public Models(Path home, ServedModel.Compute compute, int most, Clock clock) {
    this.runs = new RunCheckpoints(home);
    this.compute = compute;
    this.most = most;
    this.clock = clock;
  }

  /** A model as it is listed. */
  public record Listed(String reference, ServedModel model, int leases) {}

  /** A model that stays loaded until its lease is released. */
  public record Leased(String lease, Listed model) {}

  /** A model that stays loaded until this is closed. */
  public final class Use implements AutoCloseable {
    private final Entry entry;
    private boolean over;

    private Use(Entry entry) {
      this.entry = entry;
    }

    public ServedModel model() {
      return entry.model;
    }

    @Override
    public void close() {
      synchronized (Models.this) {
        if (!over) {
          over = true;
          entry.uses--;
          entry.lastUsed = clock.instant();
        }
      }
    }
  }

  /**
   * Loads a model, or finds it loaded, and holds it.
   *
   * @param digest what the manifest's SHA-256 must be; empty: anything
   * @throws WroughtException DIGEST_MISMATCH; OVERLOADED while all models are needed; what loading
   *     says
   */
  public Leased lease(String reference, String digest) {
    try (Use use =
        use(reference.startsWith(RUN) ? newest(reference) : path(reference), reference)) {
      if (!digest.isEmpty() && !digest.equals(use.model().digest())) {
        throw new WroughtException(
            ErrorCode.DIGEST_MISMATCH,
            "the checkpoint %s has the digest %s, not %s"
                .formatted(use.model().path(), use.model().digest(), digest));
      }
      synchronized (this) {
        String lease = UUID.randomUUID().toString();
        use.entry.leases.add(lease);
        use.entry.leasedNames.add(reference);
        return new Leased(lease, new Listed(reference, use.model(), use.entry.leases.size()));
      }
    }
  }

  /**
   * Ends a lease.
   *
   * @throws WroughtException NOT_FOUND
   */
  public synchronized void release(String lease) {
    Entry holder =
        entries.stream()
            .filter(entry -> entry.leases.contains(lease))
            .findFirst()
            .orElseThrow(() ->
                new WroughtException(
                    ErrorCode.NOT_FOUND,
                    "there is no lease \"%s\": it was released, or its model unloaded"
                        .formatted(lease)));
    holder.leases.remove(lease);
    if (holder.leases.isEmpty()) {
      holder.leasedNames.clear();
    }
  }

  /** All loaded models, the last used first. */
  public synchronized List<Listed> list() {
    return entries.stream()
        .sorted(Comparator.comparing((Entry entry) -> entry.lastUsed).reversed())
        .map(entry -> new Listed(entry.reference, entry.model, entry.leases.size()))
        .toList();
  }

  /**
   * A model for one request, loaded if it is not yet. @throws WroughtException what loading says
   */
  public Use use(String reference) {
    if (reference.isEmpty()) {
      return useOnly();
    }
    if (reference.startsWith(RUN)) {
      Optional<Use> leased = useLeased(reference);
      return leased.isPresent() ? leased.get() : use(newest(reference), reference);
    }
    return use(path(reference), reference);
  }

  private synchronized Use useOnly() {
    if (entries.isEmpty()) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "no model is loaded, so one must be named: a checkpoint's absolute path or run:NAME");
    }
    if (entries.size() > 1) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "model is empty, but %d models are loaded: name one of %s"
              .formatted(
                  entries.size(),
                  entries.stream()
                      .map(entry -> entry.reference)
                      .collect(Collectors.joining(", "))));
    }
    return use(entries.getFirst());
  }

  private synchronized Optional<Use> useLeased(String name) {
    return entries.stream()
        .filter(entry -> entry.leasedNames.contains(name))
        .findFirst()
        .map(this::use);
  }

  private synchronized Use use(Entry entry) {
    entry.uses++;
    entry.lastUsed = clock.instant();
    return new Use(entry);
  }

  private Use use(Path path, String reference) {
    Optional<Use> loaded = useLoaded(path);
    if (loaded.isPresent()) {
      return loaded.get();
    }
    loading.lock();
    try {
      Optional<Use> meanwhile = useLoaded(path);
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      requireRoom();
      ServedModel model = ServedModel.load(path, compute, this::makeRoom);
      synchronized (this) {
        Entry entry = new Entry(model, reference);
        entries.add(entry);
        return use(entry);
      }
    } finally {
      loading.unlock();
    }
  }

  /** The loaded model of a folder, if the folder still holds the same checkpoint. */
  private Optional<Use> useLoaded(Path path) {
    Optional<String> digest = digestOf(path);
    synchronized (this) {
      return entries.stream()
          .filter(entry -> entry.model.path().equals(path))
          .filter(entry -> digest.map(entry.model.digest()::equals).orElse(false))
          .findFirst()
          .map(this::use);
    }
  }

  private static Optional<String> digestOf(Path path) {
    try {
      return Optional.of(Sha256.of(path.resolve(Manifest.FILE_NAME)));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** So that whoever has to wait for a place has nothing verified in vain. */
  private synchronized void requireRoom() {
    if (entries.size() >= most) {
      leastNeeded();
    }
  }

  /** Unloads what is least needed, so that one more model may be loaded. */
  private void makeRoom() {
    for (Optional<Entry> excess = excess(); excess.isPresent(); excess = excess()) {
      excess.get().model.close();
    }
  }

  private synchronized Optional<Entry> excess() {
    if (entries.size() < most) {
      return Optional.empty();
    }
    Entry leastNeeded = leastNeeded();
    entries.remove(leastNeeded);
    return Optional.of(leastNeeded);
  }

  private Entry leastNeeded() {
    return entries.stream()
        .filter(Entry::removable)
        .min(Comparator.comparing(entry -> entry.lastUsed))
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.OVERLOADED,
                "%d models are loaded, as many as may be, and all are leased or in use: release one, or wait"
                    .formatted(entries.size())));
  }

  private Path newest(String reference) {
    return runs.newest(reference.substring(RUN.length()), this::isLoaded);
  }

  private synchronized boolean isLoaded(Path path) {
    return entries.stream().anyMatch(entry -> entry.model.path().equals(path));
  }

  private static Path path(String reference) {
    try {
      Path path = Path.of(reference);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException noPath) {
      // Refused below.
    }
    throw new WroughtException(
        ErrorCode.INVALID_ARGUMENT,
        "model is \"%s\"; it must be a checkpoint's absolute path or run:NAME"
            .formatted(reference));
  }

  /** Ends all requests and unloads all models. */
  @Override
  public void close() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(entries);
      entries.clear();
    }
    all.forEach(entry -> entry.model.close());
  }
}
