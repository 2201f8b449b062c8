package dev.wrought.trainer.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.checkpoint.RunFolder;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.journal.RunDirectory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code run.json} files under one home. A write replaces the file at once or not at all; there
 * is one writer, whoever holds the home's trainer lock.
 */
final class RunStore {
  private static final System.Logger LOG = System.getLogger(RunStore.class.getName());
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(RunState.class, new StateWriter())
                  .addDeserializer(RunState.class, new StateReader()))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path home;

  RunStore(Path home) {
    this.home = home;
  }

  RunDirectory directory(String uid) {
    return RunDirectory.of(home, uid);
  }

  void save(RunRecord run) {
    try {
      DurableFiles.write(directory(run.uid()).state(), JSON.writeValueAsBytes(run));
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE,
          "the state of run %s cannot be kept: %s".formatted(run.name(), failure.getMessage()),
          failure);
    }
  }

  /** Every run that can be read; one that cannot is logged, and stays where it is. */
  List<RunRecord> loadAll() throws IOException {
    Path runs = Files.createDirectories(RunFolder.all(home));
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .filter(folder -> Files.exists(new RunDirectory(folder).state()))
          .flatMap(folder -> load(new RunDirectory(folder)).stream())
          .toList();
    }
  }

  private static Optional<RunRecord> load(RunDirectory run) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(run.state()), RunRecord.class));
    } catch (IOException damaged) {
      LOG.log(Level.ERROR, "{0} cannot be read: {1}", run.state(), damaged.getMessage());
      return Optional.empty();
    }
  }

  private static final class StateWriter extends StdSerializer<RunState> {
    private static final long serialVersionUID = 1L;

    StateWriter() {
      super(RunState.class);
    }

    @Override
    public void serialize(RunState state, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(state.label());
    }
  }

  private static final class StateReader extends StdDeserializer<RunState> {
    private static final long serialVersionUID = 1L;

    StateReader() {
      super(RunState.class);
    }

    @Override
    public RunState deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return RunState.of(json.getText());
    }
  }
}
