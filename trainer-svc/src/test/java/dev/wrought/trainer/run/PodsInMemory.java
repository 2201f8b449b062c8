package dev.wrought.trainer.run;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.backend.Pod;
import dev.wrought.trainer.backend.PodBackend;
import dev.wrought.trainer.backend.PodReference;
import dev.wrought.trainer.backend.WorkerSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A place where workers do what a test says. It outlives the services that use it. */
public final class PodsInMemory implements PodBackend {
  private final List<FakePod> started = new CopyOnWriteArrayList<>();
  private volatile boolean broken;
  private volatile Consumer<FakePod> atStart = pod -> {};

  /** A worker that does nothing by itself. */
  public static final class FakePod implements Pod {
    private final long pid;
    private final WorkerSpec spec;
    private volatile Instant startTime;
    private volatile OptionalInt exit = OptionalInt.empty();
    private volatile boolean alive = true;
    private volatile boolean stopped;
    private volatile boolean killed;

    private FakePod(long pid, WorkerSpec spec) {
      this.pid = pid;
      this.spec = spec;
      this.startTime = Instant.ofEpochSecond(pid);
    }

    @Override
    public PodReference reference() {
      return new PodReference(pid, startTime);
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public OptionalInt exitCode() {
      return exit;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public void kill() {
      killed = true;
      exit(137);
    }

    boolean isStopped() {
      return stopped;
    }

    boolean isKilled() {
      return killed;
    }

    /** Ends with a code. */
    void exit(int code) {
      exit = OptionalInt.of(code);
      alive = false;
    }

    /** Ends, and nobody knows how. */
    void vanish() {
      alive = false;
    }

    String argument(String name) {
      return spec.arguments().get(spec.arguments().indexOf(name) + 1);
    }
  }

  @Override
  public Pod start(WorkerSpec worker) {
    if (broken) {
      throw new WroughtException(ErrorCode.STORAGE, "no room for processes");
    }
    FakePod pod = new FakePod(1000 + started.size(), worker);
    atStart.accept(pod);
    started.add(pod);
    return pod;
  }

  @Override
  public Optional<Pod> adopt(PodReference reference) {
    return started.stream()
        .filter(pod -> pod.isAlive() && pod.pid == reference.pid())
        .filter(pod -> reference.isById() || pod.reference().equals(reference))
        .<Pod>map(pod -> pod)
        .findFirst();
  }

  /** From now on no worker can be started. */
  void breakDown() {
    broken = true;
  }

  /** What happens while a worker is started. */
  void atStart(Consumer<FakePod> event) {
    atStart = event;
  }

  /** The machine's clock is set: processes seem to have begun at other times. */
  void stepClock() {
    started.forEach(pod -> pod.startTime = pod.startTime.plusSeconds(60));
  }

  int count() {
    return started.size();
  }

  FakePod pod(int index) {
    return started.get(index);
  }
}
