package dev.wrought.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void bytes_haveThreeDigitsAndAUnit() {
    assertEquals("0 B", Amounts.bytes(0));
    assertEquals("999 B", Amounts.bytes(999));
    assertEquals("1.00 kB", Amounts.bytes(1000));
    assertEquals("213 MB", Amounts.bytes(213_400_000));
    assertEquals("1.00 GB", Amounts.bytes(999_999_999));
    assertEquals("1.62 GB", Amounts.bytes(1.62e9));
    assertEquals("12345 PB", Amounts.bytes(12_345e15));
  }

  @Test
  void counts_haveThreeDigits_wholeOnesNoFraction() {
    assertEquals("0", Amounts.count(0));
    assertEquals("7", Amounts.count(7));
    assertEquals("8.19k", Amounts.count(8192));
    assertEquals("13.9M", Amounts.count(13_864_320));
    assertEquals("100k", Amounts.count(99_990));
    assertEquals("-1.50k", Amounts.count(-1500));
    assertEquals("13,864,320", Amounts.exact(13_864_320));
  }

  @Test
  void durations_getCoarserAsTheyGrow() {
    assertEquals("0.4 s", Amounts.duration(Duration.ofMillis(420)));
    assertEquals("42 s", Amounts.duration(Duration.ofSeconds(42)));
    assertEquals("3 min 05 s", Amounts.duration(Duration.ofSeconds(185)));
    assertEquals("2 h 04 min", Amounts.duration(Duration.ofMinutes(124)));
    assertEquals("3 d 02 h", Amounts.duration(Duration.ofHours(74)));
    assertEquals("12:05", Amounts.clock(Duration.ofSeconds(725)));
    assertEquals("1:02:09", Amounts.clock(Duration.ofSeconds(3729)));
    assertEquals("0:00", Amounts.clock(Duration.ofSeconds(-3)));
  }

  @Test
  void numbers_inAnyLocale_haveAPoint() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("1.500", Amounts.decimal(1.5, 3));
      assertEquals("1.62 GB", Amounts.bytes(1.62e9));
      assertEquals("1,000", Amounts.exact(1000));
    } finally {
      Locale.setDefault(before);
    }
  }
}
