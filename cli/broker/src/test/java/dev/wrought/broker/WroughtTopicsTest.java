package dev.wrought.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrought.core.event.Topics;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class WroughtTopicsTest {
  @Test
  void all_areTheTopicsThatServicesKnow() {
    List<String> names = WroughtTopics.ALL.stream().map(NewTopic::name).toList();
    assertEquals(new HashSet<>(Topics.all()), new HashSet<>(names));
    assertEquals(Topics.all().size(), names.size());
  }

  @Test
  void compacted_isOnlyTheTopicOfLatestValues() {
    assertEquals(
        List.of(Topics.EVALUATION_LATEST),
        WroughtTopics.ALL.stream()
            .filter(topic -> topic.configs() != null)
            .filter(topic -> "compact".equals(topic.configs().get("cleanup.policy")))
            .map(NewTopic::name)
            .toList());
  }
}
