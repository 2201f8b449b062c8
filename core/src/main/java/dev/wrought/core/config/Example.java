package dev.wrought.core.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A value of a required component, written as YAML. It is shown to whoever left the key out, and it
 * stands in for a missing or wrong value while the rest of the document is checked; a document that
 * needed it is refused all the same.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Example {
  String value();
}
