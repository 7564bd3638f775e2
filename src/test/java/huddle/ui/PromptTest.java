package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final Prompt.Answers NONE = new Prompt.Answers(false, false, Optional.empty());

  @Test
  void onlyYesIsYes() {
    for (String answer : List.of("y\n", "Y\n", "yes\n", " Yes \r\n")) {
      assertThat(prompt(tty(answer), NONE).yes("Apply?")).as(answer).isTrue();
    }
    for (String answer : List.of("\n", "n\n", "no\n", "yep\n", "", "\u001B[A\n")) {
      assertThat(prompt(tty(answer), NONE).yes("Apply?")).as(answer).isFalse();
    }
  }

  @Test
  void theQuestionIsOnStandardErrorAndShowsTheDefault() {
    FakeTerminal fake = tty("n\nrest");
    Terminal terminal = fake.open();
    new Prompt(terminal, NONE, NO_PASSWORD).yes("Apply these changes?");
    assertThat(fake.err()).isEqualTo("Apply these changes? [y/N] ");
    assertThat(fake.out()).isEmpty();
    assertThat(terminal.in()).hasContent("rest");
  }

  @Test
  void whereNobodyCanBeAskedTheFailureNamesTheFlag() {
    assertThatThrownBy(() -> prompt(FakeTerminal.pipe(), NONE).yes("Apply?"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.what()).isEqualTo("there is no terminal to ask on: Apply?");
              assertThat(failure.remedy()).isEqualTo("add --yes to agree beforehand");
            });
    Prompt.Answers noInput = new Prompt.Answers(false, true, Optional.empty());
    assertThatThrownBy(() -> prompt(tty("y\n"), noInput).yes("Apply?"))
        .hasMessage("--no-input forbids asking: Apply?");
    assertThatThrownBy(() -> prompt(tty("penguins\n"), noInput).typed("All is lost.", "penguins"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.remedy())
                    .isEqualTo("add --confirm=penguins to agree beforehand"));
  }

  @Test
  void yesBeforehandAsksNothing() {
    FakeTerminal fake = FakeTerminal.pipe();
    assertThat(prompt(fake, new Prompt.Answers(true, true, Optional.empty())).yes("Apply?"))
        .isTrue();
    assertThat(fake.err()).isEmpty();
  }

  @Test
  void whatCannotBeUndoneWantsTheName() {
    FakeTerminal fake = tty("penguins\n").noColor();
    assertThat(prompt(fake, NONE).typed("Removes penguins from 3 hosts.", "penguins")).isTrue();
    assertThat(fake.err()).isEqualTo("Removes penguins from 3 hosts.\nType penguins to go on: ");
    assertThat(prompt(tty("y\n"), NONE).typed("All is lost.", "penguins")).isFalse();
    assertThat(prompt(tty("\n"), NONE).typed("All is lost.", "penguins")).isFalse();
    assertThatThrownBy(() ->
            prompt(FakeTerminal.pipe(), new Prompt.Answers(true, false, Optional.empty()))
                .typed("All is lost.", "penguins"))
        .isInstanceOf(Failure.class);
  }

  @Test
  void theNameBeforehandMustBeTheRightOne() {
    assertThat(prompt(FakeTerminal.pipe(), confirm("penguins")).typed("Gone.", "penguins"))
        .isTrue();
    assertThatThrownBy(
            () -> prompt(FakeTerminal.pipe(), confirm("gulls")).typed("Gone.", "penguins"))
        .isInstanceOf(Failure.class)
        .hasMessage("--confirm=gulls does not name this cluster");
  }

  @Test
  void passwordsAreReadHidden() {
    FakeTerminal fake = tty("");
    Prompt prompt = new Prompt(fake.open(), NONE, () -> "geheim".toCharArray());
    assertThat(prompt.password("Password of me@worker.one:", "add a key."))
        .containsExactly('g', 'e', 'h', 'e', 'i', 'm');
    assertThat(fake.err()).isEqualTo("Password of me@worker.one: \n");
    assertThatThrownBy(() -> prompt(FakeTerminal.pipe(), NONE).password("Password:", "add a key."))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).isEqualTo("add a key."));
  }

  private static final HiddenInput NO_PASSWORD =
      () -> {
        throw new AssertionError("no password is wanted");
      };

  private static FakeTerminal tty(String typed) {
    return FakeTerminal.tty(80, 24).typing(typed);
  }

  private static Prompt prompt(FakeTerminal fake, Prompt.Answers answers) {
    return new Prompt(fake.open(), answers, NO_PASSWORD);
  }

  private static Prompt.Answers confirm(String name) {
    return new Prompt.Answers(false, false, Optional.of(name));
  }
}
