package dev.wrought.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.Base64;
import java.util.List;

/**
 * What {@code --json} prints: one document a result. Messages become objects with camelCase names
 * and every field; counts are numbers (protobuf's own JSON quotes 64-bit integers), an absent
 * optional is null, bytes are base64.
 */
public final class Json {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper COMPACT = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  public static ArrayNode array(List<? extends Message> messages) {
    ArrayNode array = array();
    messages.forEach(message -> array.add(of(message)));
    return array;
  }

  /** Over several lines, for a document that ends the command. */
  public static String pretty(Object document) {
    return write(PRETTY, document);
  }

  /** On one line, for a stream of documents. */
  public static String line(Object document) {
    return write(COMPACT, document);
  }

  private static String write(ObjectMapper mapper, Object document) {
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static ObjectNode of(MessageOrBuilder message) {
    ObjectNode object = object();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isMapField()) {
        object.set(field.getJsonName(), map(message, field));
      } else if (field.isRepeated()) {
        object.set(field.getJsonName(), repeated(message, field));
      } else if (field.hasPresence() && !message.hasField(field)) {
        object.putNull(field.getJsonName());
      } else {
        set(object, field.getJsonName(), message.getField(field));
      }
    }
    return object;
  }

  private static ArrayNode repeated(MessageOrBuilder message, FieldDescriptor field) {
    ObjectNode holder = object();
    ArrayNode array = array();
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      set(holder, "value", message.getRepeatedField(field, i));
      array.add(holder.get("value"));
    }
    return array;
  }

  private static ObjectNode map(MessageOrBuilder message, FieldDescriptor field) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    ObjectNode object = object();
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      Message entry = (Message) message.getRepeatedField(field, i);
      set(object, entry.getField(key).toString(), entry.getField(value));
    }
    return object;
  }

  private static void set(ObjectNode object, String name, Object value) {
    switch (value) {
      case Message message -> object.set(name, of(message));
      case EnumValueDescriptor constant -> object.put(name, constant.getName());
      case ByteString bytes ->
          object.put(name, Base64.getEncoder().encodeToString(bytes.toByteArray()));
      case Integer number -> object.put(name, number);
      case Long number -> object.put(name, number);
      case Float number -> object.put(name, number);
      case Double number -> object.put(name, number);
      case Boolean truth -> object.put(name, truth);
      default -> object.put(name, value.toString());
    }
  }
}
