package dev.wrought.tokenizer.corpus;

import java.util.Optional;

/** The same where there is no libdeflate. */
class ZipSourceOfTheJdkTest extends ZipSourceTest {
  @Override
  Optional<Libdeflate> unpacking() {
    return Optional.empty();
  }
}
