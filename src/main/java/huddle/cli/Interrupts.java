package huddle.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Turns Ctrl-C into an interrupt of the thread that runs the command, so that it ends in order; a
/// second one ends the process at once.
public final class Interrupts {
  private Interrupts() {}

  /// Installs it. The JDK's signal class is outside the supported API, so it is reached by name;
  /// where it is missing, Ctrl-C ends the process at once, and the next command continues.
  ///
  /// @param asking whether a question waits for its answer: then there is nothing to end in order
  /// @param exit ends the process
  public static void toThread(Thread command, BooleanSupplier asking, Runnable exit) {
    AtomicInteger count = new AtomicInteger();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object onSignal =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  if (count.incrementAndGet() > 1) {
                    Runtime.getRuntime().halt(Cli.INTERRUPTED);
                  }
                  if (asking.getAsBoolean()) {
                    exit.run();
                  }
                  command.interrupt();
                }
                return null;
              });
      for (String name : new String[] {"INT", "TERM", "HUP"}) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, one, onSignal);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // Without it the process simply ends.
    }
  }

  /// From now on Ctrl-C is for the program that runs on the terminal. A handler, unlike ignoring
  /// the signal, is not passed on to that program.
  public static void leaveToProgram() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object nothing =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> null);
      Object one = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, one, nothing);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // Without it Ctrl-C ends both.
    }
  }
}
