package huddle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import huddle.facts.FactsGatherer;
import huddle.shell.Script;
import huddle.ssh.Destination;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may see whom, and who may touch the world: the drawing in ARCHITECTURE.md, held.
class ArchitectureTest {
  private static final JavaClasses HUDDLE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // Wherever the build's folder is.
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("huddle");

  private static final String[] PURE =
      rooms(
          "spec", "facts", "spark", "python", "change", "plan", "event", "shell", "json", "status");

  // Each has its reason: the one reads hosts, the other its own class path.
  private static final DescribedPredicate<JavaClass> EDGES =
      belongToAnyOf(Script.class, FactsGatherer.class);

  private static final DescribedPredicate<JavaClass> PURE_CLASSES =
      resideInAnyPackage(PURE).and(not(EDGES));

  @Test
  void pureRoomsTouchNoFileNoSocketAndNoProcess() {
    DescribedPredicate<JavaClass> inMemory =
        belongToAnyOf(
                Serializable.class,
                StringReader.class,
                StringWriter.class,
                ByteArrayInputStream.class,
                ByteArrayOutputStream.class,
                URI.class)
            .or(assignableTo(Throwable.class));
    check(
        PURE_CLASSES,
        never(
            dependOnClassesThat(
                resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "javax.net..",
                        "java.util.logging..")
                    .or(assignableTo(ProcessBuilder.class))
                    .or(assignableTo(Process.class))
                    .and(not(inMemory)))));
  }

  @Test
  void pureRoomsReadNoClockNoChanceAndNoEnvironment() {
    check(
        PURE_CLASSES,
        never(
            callMethodWhere(
                new DescribedPredicate<JavaMethodCall>("the answer changes from call to call") {
                  @Override
                  public boolean test(JavaMethodCall call) {
                    return changesFromCallToCall(
                        call.getTargetOwner().getFullName(), call.getName());
                  }
                })),
        never(
            dependOnClassesThat(
                assignableTo(Random.class)
                    .or(assignableTo(RandomGenerator.class))
                    .or(assignableTo(ThreadLocalRandom.class)))));
  }

  private static boolean changesFromCallToCall(String owner, String method) {
    return switch (owner) {
      case "java.lang.System" ->
          Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "setProperty")
              .contains(method);
      case "java.lang.Math" -> method.equals("random");
      case "java.util.UUID" -> method.equals("randomUUID");
      case "java.lang.Thread" -> method.equals("sleep");
      default ->
          owner.startsWith("java.time.") && (method.equals("now") || method.startsWith("system"));
    };
  }

  @Test
  void pureRoomsKnowOfSshOnlyWhereAHostIs() {
    check(
        PURE_CLASSES,
        never(
            dependOnClassesThat(
                resideInAPackage("huddle.ssh..").and(not(belongToAnyOf(Destination.class))))));
  }

  @Test
  void planSeesWhatItIsMadeFrom() {
    sees("plan", "spec", "facts", "change", "spark", "python", "event", "shell", "ssh");
  }

  @Test
  void applySeesThePlanAndTheEdges() {
    sees("apply", "plan", "change", "ssh", "artifact", "facts", "event", "spec", "spark", "shell");
  }

  @Test
  void deliveriesSeeThePlanAndWhatIsFetched() {
    sees(
        "delivery",
        "apply",
        "plan",
        "change",
        "artifact",
        "facts",
        "spec",
        "spark",
        "python",
        "event");
  }

  @Test
  void tunnelsSeeConnectionsOnly() {
    sees("tunnel", "ssh", "shell", "event");
  }

  @Test
  void doctorSeesHostsFromOutside() {
    sees("doctor", "facts", "ssh", "shell", "event");
  }

  @Test
  void servicesSeeConnectionsAndWhereTheyAre() {
    sees("service", "ssh", "shell", "event", "spec", "spark", "apply");
  }

  @Test
  void notebooksSeeConnections() {
    sees("notebook", "ssh", "shell", "event");
  }

  @Test
  void theGatewaySeesWhatFindsPages() {
    sees(
        "web", "tunnel", "apply", "plan", "status", "facts", "spec", "spark", "ssh", "shell",
        "event");
  }

  @Test
  void onlyTheProcessSeesTheCommands() {
    check(
        not(resideInAPackage("huddle.cli..")).and(not(type(Main.class))),
        never(dependOnClassesThat(resideInAPackage("huddle.cli.."))));
  }

  @Test
  void onlyMainEndsTheProcess() {
    // Runtime.halt stays free: a second Ctrl-C ends everything at once.
    hold(
        noClasses()
            .that(not(type(Main.class)))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class));
  }

  @Test
  void noRoomSeesItselfThroughOthers() {
    hold(slices().matching("huddle.(*)..").should().beFreeOfCycles());
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(HUDDLE.stream().map(JavaClass::getPackage).distinct().toList())
        .isNotEmpty()
        .allSatisfy(ArchitectureTest::isNullMarked);
  }

  private static void isNullMarked(JavaPackage found) {
    assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName()).isTrue();
  }

  @Test
  void namesSayWhatAThingIs() {
    hold(
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Common"));
  }

  /// A room depends on itself and the given rooms of Huddle only.
  private static void sees(String room, String... others) {
    check(
        resideInAPackage("huddle." + room + ".."),
        never(
            dependOnClassesThat(
                resideInAPackage("huddle..")
                    .and(not(resideInAPackage("huddle." + room + "..")))
                    .and(not(resideInAnyPackage(rooms(others)))))));
  }

  @SafeVarargs
  private static void check(
      DescribedPredicate<JavaClass> which, ArchCondition<JavaClass>... conditions) {
    for (ArchCondition<JavaClass> condition : conditions) {
      hold(classes().that(which).should(condition));
    }
  }

  // A room without furniture breaks no rule.
  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(true).check(HUDDLE);
  }

  private static String[] rooms(String... names) {
    return Arrays.stream(names).map(name -> "huddle." + name + "..").toArray(String[]::new);
  }
}
