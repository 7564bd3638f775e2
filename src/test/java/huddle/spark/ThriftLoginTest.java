package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The class that the thrift server loads, loaded as it does.
class ThriftLoginTest {
  private static final String INTERFACE =
      "org.apache.hive.service.auth.PasswdAuthenticationProvider";

  @BeforeEach
  void token() {
    System.setProperty(ThriftLogin.TOKEN, "tökén");
  }

  @AfterEach
  void none() {
    System.clearProperty(ThriftLogin.TOKEN);
  }

  private static final class Loader extends ClassLoader {
    Loader() {
      super(ThriftLoginTest.class.getClassLoader());
    }

    Class<?> define(String name, byte[] bytes) {
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static void login(String password) throws Exception {
    Loader loader = new Loader();
    Class<?> provider =
        loader.define(
            INTERFACE,
            ClassFile.of()
                .build(
                    ClassDesc.of(INTERFACE),
                    type ->
                        type.withFlags(
                                ClassFile.ACC_PUBLIC
                                    | ClassFile.ACC_INTERFACE
                                    | ClassFile.ACC_ABSTRACT)
                            .withMethod(
                                "Authenticate",
                                MethodTypeDesc.of(
                                    ConstantDescs.CD_void,
                                    ConstantDescs.CD_String,
                                    ConstantDescs.CD_String),
                                ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT,
                                method -> {})));
    Class<?> login = loader.define(ThriftLogin.CLASS, ThriftLogin.bytes());
    Method authenticate = provider.getMethod("Authenticate", String.class, String.class);
    try {
      authenticate.invoke(login.getConstructor().newInstance(), "anybody", password);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  @Test
  void onlyTheTokenLetsIn() throws Exception {
    login("tökén");
    for (String wrong : new String[] {"", "tökén ", "token", "tök"}) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> login(wrong)))
          .as("password \"%s\"", wrong)
          .isInstanceOf(javax.security.sasl.AuthenticationException.class)
          .hasMessage("wrong token");
    }
  }

  @Test
  void everyJavaThatRunsSparkLoadsIt() {
    byte[] bytes = ThriftLogin.bytes();
    assertThat(bytes[7]).as("class file version").isEqualTo((byte) 52);
    assertThat(ThriftLogin.file().path()).isEqualTo("bin/thrift/huddle/ThriftLogin.class");
  }
}
