package dev.wrought.core.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The regular expression that a whole text, or every text of a list, has to match. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Matches {
  String value();

  /** The rule in words, for whoever broke it: "lower-case letters, digits and hyphens". */
  String words();
}
