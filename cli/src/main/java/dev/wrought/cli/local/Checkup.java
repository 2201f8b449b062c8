package dev.wrought.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks whether this machine can run the platform; changes nothing. */
public record Checkup(Settings settings, Path root) {
  private static final long GB = 1_000_000_000L;

  /** The platform idle takes 1 GB, a worker with a small model 2 GB. */
  private static final long ENOUGH_MEMORY = 4 * GB;

  /** Build and libraries take 2.5 GB; a dataset and a few checkpoints the rest. */
  private static final long ENOUGH_DISK = 6 * GB;

  private static final int NODE = 20;

  /** Flags of Linux that decide how fast training and generation are, the best first. */
  private static final List<String> FEATURES =
      List.of("amx_bf16", "avx512_bf16", "avx512_vnni", "avx512f", "avx2", "fma", "asimd", "bf16");

  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("JDK", Runtime.version() + " in " + System.getProperty("java.home")));
    findings.add(node());
    findings.add(npm());
    findings.add(home());
    findings.add(disk());
    findings.add(memory());
    findings.add(processor());
    findings.add(libtorch());
    findings.add(ports());
    return findings;
  }

  /** The dashboard's script libraries are fetched through npm when eval-svc is built. */
  private static Finding node() {
    String remedy =
        "the build of eval-svc needs Node %d or later: https://nodejs.org".formatted(NODE);
    String version = answer("node", "--version");
    if (version.isEmpty()) {
      return Finding.problem("Node", "not found", remedy);
    }
    String major = version.replaceAll("^v|\\..*", "");
    return major.matches("[0-9]{1,4}") && Integer.parseInt(major) >= NODE
        ? Finding.ok("Node", version)
        : Finding.problem("Node", version, remedy);
  }

  /** Node's own downloads bring it, Debian has it in a package of its own. */
  private static Finding npm() {
    String version = answer("npm", "--version");
    return version.isEmpty()
        ? Finding.problem(
            "npm",
            "not found",
            "the build of eval-svc needs it: it comes with Node from https://nodejs.org (Debian: npm)")
        : Finding.ok("npm", version);
  }

  private Finding home() {
    Path folder = existing(settings.home().folder());
    try {
      Files.delete(Files.createTempFile(folder, ".doctor-", ""));
      return Finding.ok("home", settings.home().folder().toString());
    } catch (IOException refused) {
      return Finding.problem(
          "home",
          folder + " is not writable",
          "change its owner, or use another folder (--home, WROUGHT_HOME)");
    }
  }

  private Finding disk() {
    long free = existing(settings.home().folder()).toFile().getUsableSpace();
    String found = gigabytes(free) + " free";
    return free >= ENOUGH_DISK
        ? Finding.ok("disk", found)
        : Finding.warning(
            "disk", found, "build, dataset and checkpoints want " + gigabytes(ENOUGH_DISK));
  }

  private static Finding memory() {
    long available = memoryInfo("MemAvailable");
    if (available == 0) {
      return Finding.ok("memory", "not told by this system");
    }
    String found =
        "%s available of %s".formatted(gigabytes(available), gigabytes(memoryInfo("MemTotal")));
    return available >= ENOUGH_MEMORY
        ? Finding.ok("memory", found)
        : Finding.warning(
            "memory", found, "the platform and a small training want " + gigabytes(ENOUGH_MEMORY));
  }

  private static Finding processor() {
    Set<String> flags =
        lines(Path.of("/proc/cpuinfo"))
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .findFirst()
            .map(line -> new TreeSet<>(Arrays.asList(line.split("\\s+"))))
            .orElseGet(TreeSet::new);
    String known = FEATURES.stream().filter(flags::contains).collect(Collectors.joining(" "));
    String found =
        "%d cores, %s%s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                known.isEmpty() ? "" : ", " + known);
    boolean slow =
        !flags.isEmpty() && !flags.contains("avx512_bf16") && !flags.contains("amx_bf16");
    return slow
        ? Finding.warning(
            "processor", found, "without bf16 instructions precision: fp32 trains faster")
        : Finding.ok("processor", found);
  }

  /** The natives come with the build from Maven Central, or from a libtorch that is named. */
  private Finding libtorch() {
    String named = settings.environment().getOrDefault("PYTORCH_LIBRARY_PATH", "");
    if (!named.isEmpty()) {
      return Files.isDirectory(Path.of(named))
          ? Finding.ok("libtorch", named)
          : Finding.problem("libtorch", named + " is no folder", "correct PYTORCH_LIBRARY_PATH");
    }
    String system =
        (System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .toLowerCase(Locale.ROOT);
    if (!system.equals("linux amd64")) {
      return Finding.problem(
          "libtorch",
          "none in the build for " + system,
          "set PYTORCH_LIBRARY_PATH to a libtorch 2.7.1");
    }
    if (Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))) {
      return Finding.problem(
          "libtorch", "this system has musl", "libtorch needs a system with glibc");
    }
    Path libraries = root.resolve("trainer-svc/target/quarkus-app/lib/main");
    try (Stream<Path> files = Files.list(libraries)) {
      return files
          .filter(file -> file.getFileName().toString().contains("pytorch-native"))
          .findFirst()
          .map(file -> Finding.ok("libtorch", file.getFileName().toString()))
          .orElseGet(() ->
              Finding.problem("libtorch", "not among " + libraries, "build anew: ./wrought up"));
    } catch (IOException notBuilt) {
      return Finding.ok("libtorch", "comes with the first build");
    }
  }

  private Finding ports() {
    int base = settings.portBase();
    Map<Part, Integer> ports =
        Arrays.stream(Part.values())
            .collect(Collectors.toMap(part -> part, part -> part.port(base)));
    boolean running = PlatformFile.live(settings.home()).isPresent();
    String range = "%d to %d, %d".formatted(base, base + 3, Part.BROKER.port(base));
    if (running) {
      return Finding.ok("ports", range + ", in use by the platform");
    }
    List<Integer> taken =
        ports.values().stream().filter(port -> !Ports.free(port)).sorted().toList();
    return taken.isEmpty()
        ? Finding.ok("ports", range + " are free")
        : Finding.problem(
            "ports",
            taken.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " taken",
            "end what uses them, or start with another --port-base");
  }

  private static Path existing(Path folder) {
    Path path = folder;
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }

  private static long memoryInfo(String field) {
    return lines(Path.of("/proc/meminfo"))
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0L);
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readString(file).lines();
    } catch (IOException otherSystem) {
      return Stream.empty();
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / (double) GB);
  }

  /** What a program prints; empty if it is not there, fails or takes too long. */
  private static String answer(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      // A version is a line: it fits the pipe, and can be read when the program has ended.
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? text.strip() : "";
    } catch (IOException absent) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
