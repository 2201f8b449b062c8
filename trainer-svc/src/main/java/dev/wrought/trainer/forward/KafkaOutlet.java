package dev.wrought.trainer.forward;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.event.CloudEvent;
import dev.wrought.edge.kafka.CloudEventRecords;
import dev.wrought.edge.kafka.KafkaSettings;
import dev.wrought.edge.kafka.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Events as CloudEvents on Kafka. */
public final class KafkaOutlet implements Outlet {
  private static final String CLIENT = "wrought-trainer";
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Producer<String, byte[]> producer;
  private final String broker;

  private KafkaOutlet(Producer<String, byte[]> producer, String broker) {
    this.producer = producer;
    this.broker = broker;
  }

  /**
   * Connects, and makes the topics where they are missing.
   *
   * @throws WroughtException UNAVAILABLE after {@link KafkaSettings#PATIENCE}
   */
  public static KafkaOutlet open(KafkaSettings settings) {
    String broker = settings.bootstrapServers();
    try (Admin admin = Admin.create(settings.admin(CLIENT + "-admin"))) {
      KafkaTopics.ensure(admin);
      return new KafkaOutlet(new KafkaProducer<>(settings.producer(CLIENT)), broker);
    } catch (KafkaException failure) {
      throw unavailable(broker, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unavailable(broker, interrupted);
    }
  }

  @Override
  public void send(List<CloudEvent> events) throws InterruptedException {
    try {
      List<Future<RecordMetadata>> answers = new ArrayList<>(events.size());
      for (CloudEvent event : events) {
        Future<RecordMetadata> answer = producer.send(CloudEventRecords.toRecord(event));
        if (answer.isDone()) {
          answer.get(); // without a broker every send would wait its full patience
        }
        answers.add(answer);
      }
      producer.flush();
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    } catch (ExecutionException refused) {
      throw unavailable(broker, refused.getCause() == null ? refused : refused.getCause());
    } catch (InterruptException interrupted) {
      Thread.interrupted(); // Kafka's own exception sets the flag as well
      throw new InterruptedException();
    } catch (KafkaException failure) {
      throw unavailable(broker, failure);
    }
  }

  private static WroughtException unavailable(String broker, Throwable cause) {
    return new WroughtException(
        ErrorCode.UNAVAILABLE,
        "no events can be sent to the broker at %s: %s".formatted(broker, cause.getMessage()),
        cause);
  }

  @Override
  public void close() {
    producer.close(FAREWELL);
  }
}
