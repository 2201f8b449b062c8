package dev.wrought.proto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Holds the contracts to additions: everything in the committed descriptor set must still stand in
 * today's. After an addition, renew the committed set with {@code ./mvnw -pl proto test
 * -Dwrought.contracts.accept=true}; that refuses to write where something was taken away.
 */
class AdditiveOnlyTest {
  private static final Path TODAY = Path.of("target/descriptors/wrought.binpb");
  private static final Path COMMITTED = Path.of("src/test/resources/contracts.binpb");

  @Test
  void contracts_comparedToTheCommittedOnes_onlyGrow() throws IOException {
    Map<String, String> today = facts(TODAY);
    List<String> broken = new ArrayList<>();
    facts(COMMITTED)
        .forEach((fact, meaning) -> {
          if (!meaning.equals(today.get(fact))) {
            broken.add(fact + ": was " + meaning + ", is " + today.get(fact));
          }
        });
    assertEquals(List.of(), broken, "a contract may only grow; clients of the old one would break");
    if (Boolean.getBoolean("wrought.contracts.accept")) {
      Files.copy(TODAY, COMMITTED, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertEquals(
        facts(COMMITTED),
        today,
        "the contracts grew: renew src/test/resources/contracts.binpb with -Dwrought.contracts.accept=true");
  }

  @Test
  void facts_ofTheCommittedContracts_holdEveryService() throws IOException {
    Map<String, String> facts = facts(COMMITTED);
    for (String service : List.of("tokenizer", "trainer", "evaluation", "serving")) {
      assertFalse(
          facts.keySet().stream().noneMatch(f -> f.startsWith("rpc wrought." + service + ".v1.")),
          service);
    }
  }

  @Test
  void facts_fieldMovesIntoAOneof_differ() {
    FieldDescriptorProto alone = FieldDescriptorProto.newBuilder().setName("f").build();
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    message("p", DescriptorProto.newBuilder().setName("M").addField(alone).build(), before);
    message(
        "p",
        DescriptorProto.newBuilder()
            .setName("M")
            .addOneofDecl(OneofDescriptorProto.newBuilder().setName("either"))
            .addField(alone.toBuilder().setOneofIndex(0))
            .build(),
        after);
    assertEquals(before.keySet(), after.keySet());
    assertNotEquals(before, after);
  }

  private static Map<String, String> facts(Path descriptors) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    for (FileDescriptorProto file :
        FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors)).getFileList()) {
      String scope = file.getPackage();
      file.getMessageTypeList().forEach(message -> message(scope, message, facts));
      file.getEnumTypeList().forEach(type -> enumeration(scope, type, facts));
      file.getServiceList().forEach(service -> service(scope, service, facts));
    }
    return facts;
  }

  private static void message(String scope, DescriptorProto message, Map<String, String> facts) {
    String name = scope + "." + message.getName();
    facts.put("message " + name, "exists");
    Consumer<FieldDescriptorProto> add =
        field ->
            facts.put(
                "field " + name + "#" + field.getNumber(),
                "%s %s %s%s%s"
                    .formatted(
                        field.getName(),
                        field.getLabel(),
                        field.getType(),
                        field.getTypeName(),
                        choice(message, field)));
    message.getFieldList().forEach(add);
    message.getNestedTypeList().forEach(nested -> message(name, nested, facts));
    message.getEnumTypeList().forEach(nested -> enumeration(name, nested, facts));
  }

  /** Fields of one oneof put each other out: to join or leave one changes what is read. */
  private static String choice(DescriptorProto message, FieldDescriptorProto field) {
    if (field.getProto3Optional()) {
      return " optional";
    }
    return field.hasOneofIndex()
        ? " in " + message.getOneofDecl(field.getOneofIndex()).getName()
        : "";
  }

  private static void enumeration(
      String scope, EnumDescriptorProto type, Map<String, String> facts) {
    type.getValueList()
        .forEach(value ->
            facts.put(
                "value " + scope + "." + type.getName() + "#" + value.getNumber(),
                value.getName()));
  }

  private static void service(
      String scope, ServiceDescriptorProto service, Map<String, String> facts) {
    service
        .getMethodList()
        .forEach(method ->
            facts.put(
                "rpc " + scope + "." + service.getName() + "/" + method.getName(),
                "%s%s -> %s%s"
                    .formatted(
                        method.getClientStreaming() ? "stream " : "",
                        method.getInputType(),
                        method.getServerStreaming() ? "stream " : "",
                        method.getOutputType())));
  }
}
