package dev.wrought.trainer.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.event.CloudEvent;
import dev.wrought.core.event.SpoolCursor;
import dev.wrought.core.event.Topics;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.Await;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forwarder with a real broker that is away, comes, is killed and comes back. */
final class KafkaOutletIT {
  private static final RunRef REF =
      RunRef.newBuilder().setRunUid("uid").setRun("smith").setEpoch(1).build();
  @TempDir Path folder;

  private static void steps(RunDirectory run, int from, int to) {
    try (RunJournal journal = new RunJournal(run, InstantSource.system())) {
      for (int step = from; step <= to; step++) {
        journal.append(
            RunEvent.newBuilder()
                .setStep(TrainingStep.newBuilder().setRun(REF).setStep(step).setLoss(1.5)));
      }
    }
  }

  /** FAULTS R10, K1, K9, as far as the trainer goes. */
  @Test
  void forward_brokerComesAndGoes_everyEventArrives() throws Exception {
    assumeTrue(Files.exists(RealBroker.JAR), RealBroker.JAR + " is not built: no real broker");
    RunDirectory run = RunDirectory.of(folder, "uid");
    Files.createDirectories(run.path());
    Path data = Files.createDirectories(folder.resolve("kafka"));
    try (RealBroker broker = new RealBroker(data)) {
      KafkaSettings settings = KafkaSettings.of(broker.bootstrapServers());
      steps(run, 1, 500);
      try (Forwarder forwarder =
          new Forwarder(
              () -> List.of(run), () -> KafkaOutlet.open(settings), Forwarder.Pace.USUAL)) {
        Await.until("no broker seen", () -> forwarder.state().detail().contains("cannot be made"));

        broker.start();
        awaitSent(run);
        assertTrue(forwarder.state().connected());
        List<CloudEvent> first = consume(settings, Topics.TRAINING_METRICS);
        assertEquals(ids(500), first.stream().map(CloudEvent::id).toList());
        assertEquals("smith", first.getFirst().key());
        assertTrue(first.getFirst().data().contains("\"loss\":1.5"));

        broker.kill();
        steps(run, 501, 900);
        tell(run);
        Await.until("the kill is noticed", () -> !forwarder.state().connected());
        broker.start();
        awaitSent(run);
        List<String> all =
            consume(settings, Topics.TRAINING_METRICS).stream().map(CloudEvent::id).toList();
        assertEquals(ids(900), all.stream().distinct().toList());
        assertEquals(
            List.of("uid/1/900/lifecycle/SUCCEEDED-3"),
            consume(settings, Topics.TRAINING_LIFECYCLE).stream()
                .map(CloudEvent::id)
                .distinct()
                .toList());
      }
    }
    assertEquals(
        run.events().toFile().length(),
        new SpoolCursor(run.cursor()).read(),
        "where the next start goes on");
  }

  private static void tell(RunDirectory run) {
    try (RunJournal journal = new RunJournal(run, InstantSource.system())) {
      journal.append(
          RunEvent.newBuilder()
              .setLifecycle(
                  LifecycleChanged.newBuilder()
                      .setRun(REF)
                      .setStep(900)
                      .setState("SUCCEEDED")
                      .setChange(3)));
    }
  }

  private static void awaitSent(RunDirectory run) {
    Await.until(
        "all sent", () -> new SpoolCursor(run.cursor()).read() == run.events().toFile().length());
  }

  private static List<String> ids(int steps) {
    return IntStream.rangeClosed(1, steps).mapToObj("uid/1/%d/step"::formatted).toList();
  }

  private static List<CloudEvent> consume(KafkaSettings settings, String topic) {
    List<CloudEvent> events = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.consumer("test"))) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo each : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, each.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(each -> each).sum();
      while (events.size() < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          events.add(CloudEventRecords.toEvent(record));
        }
      }
    }
    return events;
  }
}
