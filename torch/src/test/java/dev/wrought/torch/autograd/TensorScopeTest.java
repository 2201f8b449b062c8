package dev.wrought.torch.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wrought.core.error.WroughtException;
import dev.wrought.torch.aten.Arithmetic;
import dev.wrought.torch.aten.Layers;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.torch.aten.ScalarType;
import dev.wrought.torch.aten.Tensors;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorScopeTest {

  @BeforeAll
  static void start() {
    Libtorch.start(1);
  }

  private static NDArray ones(long... shape) {
    return Tensors.full(new Shape(shape), 1, ScalarType.FLOAT32, Device.cpu());
  }

  @Test
  void close_freesResults_notThoseOfTheScopeAround() {
    try (TensorScope outer = TensorScope.open()) {
      NDArray kept = ones(2);
      NDArray freed;
      NDArray released;
      try (TensorScope inner = TensorScope.open()) {
        freed = Arithmetic.add(kept, kept);
        released = inner.release(Arithmetic.add(freed, kept));
      }
      assertThrows(IllegalStateException.class, () -> Tensors.toFloats(freed));
      assertEquals(3, Tensors.toFloats(released).get(1));
    }
  }

  @Test
  void results_belongToTheScope_notToTheirLeftOperand() {
    try (NDManager home = TensorScope.newHome()) {
      NDArray weight;
      try (TensorScope lasting = TensorScope.within(home)) {
        weight = ones(4, 4);
      }
      for (int i = 0; i < 10; i++) {
        try (TensorScope step = TensorScope.open()) {
          Arithmetic.add(weight, weight);
          Arithmetic.product(weight, weight);
          Layers.gelu(weight, true);
          Tensors.reshape(weight, new Shape(16));
        }
      }
      assertEquals(1, home.getManagedArrays().size());
    }
  }

  @Test
  void close_outOfOrder_isRefused() {
    TensorScope outer = TensorScope.open();
    TensorScope inner = TensorScope.open();
    assertThrows(WroughtException.class, outer::close);
    inner.close();
    outer.close();
  }

  @Test
  void gradMode_holdsForItsThreadAndItsBlock() throws InterruptedException {
    AtomicReference<Boolean> elsewhere = new AtomicReference<>();
    try (GradMode off = GradMode.off()) {
      try (GradMode on = GradMode.on()) {
        assertTrue(recorded());
      }
      assertFalse(recorded());
      Thread other = Thread.ofPlatform().start(() -> elsewhere.set(recorded()));
      other.join();
    }
    assertTrue(recorded());
    assertEquals(true, elsewhere.get());
  }

  /** Whether a gradient reaches a tracked tensor. */
  private static boolean recorded() {
    try (TensorScope scope = TensorScope.open()) {
      NDArray x = ones(2);
      Backward.track(x);
      NDArray y = Arithmetic.sum(Arithmetic.multiply(x, 3));
      try {
        Backward.from(y);
      } catch (RuntimeException e) {
        return false;
      }
      return Tensors.toFloats(Backward.gradient(x)).get(0) == 3;
    }
  }

  @Test
  void autocast_onItsThread_turnsProductsToBfloat16() {
    try (TensorScope scope = TensorScope.open()) {
      NDArray x = ones(4, 4);
      try (Autocast on = Autocast.bfloat16(x, true)) {
        assertEquals(ScalarType.BFLOAT16, Tensors.type(Layers.linear(x, x, Optional.empty())));
        assertEquals(ScalarType.FLOAT32, Tensors.type(Arithmetic.add(x, x)));
      }
      assertEquals(ScalarType.FLOAT32, Tensors.type(Layers.linear(x, x, Optional.empty())));
      try (Autocast off = Autocast.bfloat16(x, false)) {
        assertEquals(ScalarType.FLOAT32, Tensors.type(Layers.linear(x, x, Optional.empty())));
      }
    }
  }

  @Test
  void backward_clear_forgetsTheGradient() {
    try (TensorScope scope = TensorScope.open()) {
      NDArray x = ones(2);
      Backward.track(x);
      Backward.from(Arithmetic.sum(Arithmetic.multiply(x, 3)));
      Backward.from(Arithmetic.sum(Arithmetic.multiply(x, 4)));
      assertEquals(7, Tensors.toFloats(Backward.gradient(x)).get(1));
      Backward.clear(x);
      Backward.from(Arithmetic.sum(Arithmetic.multiply(x, 5)));
      assertEquals(5, Tensors.toFloats(Backward.gradient(x)).get(1));
    }
  }
}
