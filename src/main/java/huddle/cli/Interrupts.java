package huddle.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// Turns Ctrl-C into an interrupt of the thread that runs the command, so that it ends in order; a
/// second one ends the process at once.
public final class Interrupts {
  private Interrupts() {}

  /// Installs it. The JDK's signal class is outside the supported API, so it is reached by name;
  /// where it is missing, Ctrl-C ends the process at once, and the next command continues.
  public static void toThread(Thread command) {
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
}
