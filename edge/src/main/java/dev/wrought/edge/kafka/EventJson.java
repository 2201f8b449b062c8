package dev.wrought.edge.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;

/**
 * An event's body: the JSON form of its protobuf message on one line, always with all fields.
 * Fields that a newer writer knows are passed over in reading.
 */
public final class EventJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private EventJson() {}

  public static String write(Message message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("a message without Any fields always prints", impossible);
    }
  }

  /**
   * Reads a body into a builder, strictly as to the known fields' types.
   *
   * @throws WroughtException INVALID_DATA says what is wrong with the body
   */
  public static void read(String body, Message.Builder into) {
    try {
      PARSER.merge(body, into);
    } catch (InvalidProtocolBufferException invalid) {
      String name = into.getDescriptorForType().getName();
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the body is not the JSON form of " + name + ": " + invalid.getMessage(),
          invalid);
    }
  }
}
