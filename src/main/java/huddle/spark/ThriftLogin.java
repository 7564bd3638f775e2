package huddle.spark;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;

/// The class that the thrift server asks whether a user and password may come in: its own choices
/// are everybody, LDAP, PAM and Kerberos. Written as bytes for Java 8 and later, since it runs on
/// whatever Java a host has, against an interface of Spark's:
///
/// ```java
/// public final class ThriftLogin implements PasswdAuthenticationProvider {
///   public void Authenticate(String user, String password) throws AuthenticationException {
///     if (!MessageDigest.isEqual(
///         password.getBytes("UTF-8"), System.getProperty("huddle.thrift.token").getBytes("UTF-8"))) {
///       throw new AuthenticationException("wrong token");
///     }
///   }
/// }
/// ```
final class ThriftLogin {
  /// On the class path of the thrift server, below the root.
  static final String FOLDER = "bin/thrift";

  static final String CLASS = "huddle.ThriftLogin";

  /// The system property that holds the token.
  static final String TOKEN = "huddle.thrift.token";

  private static final ClassDesc THIS = ClassDesc.of(CLASS);
  private static final ClassDesc PROVIDER =
      ClassDesc.of("org.apache.hive.service.auth.PasswdAuthenticationProvider");
  private static final ClassDesc REFUSAL =
      ClassDesc.of("javax.security.sasl.AuthenticationException");
  private static final ClassDesc DIGEST = ClassDesc.of("java.security.MessageDigest");
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc TEXT = ConstantDescs.CD_String;
  private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();

  private ThriftLogin() {}

  static ConfFile file() {
    return ConfFile.ofBytes(FOLDER + "/" + CLASS.replace('.', '/') + ".class", bytes(), "600");
  }

  static byte[] bytes() {
    return ClassFile.of()
        .build(
            THIS,
            type ->
                type.withVersion(ClassFile.JAVA_8_VERSION, 0)
                    .withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.SUPER)
                    .withInterfaceSymbols(PROVIDER)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody(
                        "Authenticate",
                        MethodTypeDesc.of(ConstantDescs.CD_void, TEXT, TEXT),
                        ClassFile.ACC_PUBLIC,
                        ThriftLogin::authenticate));
  }

  private static void authenticate(CodeBuilder code) {
    utf8(code.aload(2));
    utf8(code.ldc(TOKEN).invokestatic(SYSTEM, "getProperty", MethodTypeDesc.of(TEXT, TEXT)));
    code.invokestatic(DIGEST, "isEqual", MethodTypeDesc.of(ConstantDescs.CD_boolean, BYTES, BYTES))
        .ifThenElse(
            CodeBuilder::return_,
            wrong ->
                wrong
                    .new_(REFUSAL)
                    .dup()
                    .ldc("wrong token")
                    .invokespecial(
                        REFUSAL,
                        ConstantDescs.INIT_NAME,
                        MethodTypeDesc.of(ConstantDescs.CD_void, TEXT))
                    .athrow());
  }

  /// Bytes of the text on the stack.
  private static void utf8(CodeBuilder code) {
    code.ldc("UTF-8").invokevirtual(TEXT, "getBytes", MethodTypeDesc.of(BYTES, TEXT));
  }
}
