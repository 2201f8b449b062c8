package dev.wrought.core.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.TestTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI's vocabularies give the ids that JTokkit gives. */
class TiktokenOracleTest {
  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

  @Test
  void read_anotherName_orADamagedLine_isRefused(@TempDir Path folder) throws IOException {
    Path unknown = Files.writeString(folder.resolve("mine.tiktoken"), "IQ== 0\n");
    WroughtException nameless =
        assertThrows(WroughtException.class, () -> TokenizerFile.read(unknown));
    assertEquals(ErrorCode.FAILED_PRECONDITION, nameless.code());
    for (String line : List.of("IQ==", "IQ== x", "? 1", " 1", "IQ== 0")) {
      Path damaged =
          Files.writeString(folder.resolve("r50k_base.tiktoken"), "IQ== 0\n" + line + "\n");
      WroughtException refused =
          assertThrows(WroughtException.class, () -> TokenizerFile.read(damaged));
      assertEquals(ErrorCode.CORRUPT_FILE, refused.code());
      assertTrue(refused.getMessage().contains("line 2 is \"" + line), refused.getMessage());
    }
  }

  @Test
  void write_thenRead_keepsRulesAndIds(@TempDir Path folder) throws IOException {
    Tokenizer cl100k = TestTokenizers.openAi(EncodingType.CL100K_BASE);
    Path file = folder.resolve(TokenizerJson.FILE);
    TokenizerJson.write(cl100k, file);
    Tokenizer again = TokenizerFile.read(file);
    assertEquals(cl100k.parts().preTokenizers(), again.parts().preTokenizers());
    assertEquals(
        ((BpeModel) cl100k.parts().model()).rules(), ((BpeModel) again.parts().model()).rules());
    assertEquals(cl100k.specialTokens(), again.specialTokens());
    Random random = new Random(5);
    for (int round = 0; round < 1_000; round++) {
      String text = TestTexts.random(random);
      assertArrayEquals(cl100k.encode(text), again.encode(text), text);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "P50K_EDIT")
  void encode_randomText_asJTokkit(EncodingType type) {
    Encoding oracle = REGISTRY.getEncoding(type);
    Tokenizer tokenizer = TestTokenizers.openAi(type);
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      String text = TestTexts.random(random);
      assertArrayEquals(
          oracle.encodeOrdinary(text).toArray(),
          tokenizer.encode(text),
          () -> "seed %d: %s".formatted(seed, text));
      assertEquals(
          text, new String(tokenizer.decode(tokenizer.encode(text)), StandardCharsets.UTF_8));
    }
  }
}
