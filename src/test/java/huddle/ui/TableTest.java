package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Style UNICODE = new Style(false, true);
  private static final Table STATUS =
      new Table(
          List.of(
              Table.Column.text("HOST"),
              Table.Column.text("STATE"),
              Table.Column.number("CORES"),
              Table.Column.text("REASON")),
          List.of(
              row("worker.one", "up", "4", ""),
              row("企鹅.example", "lost", "16", "the Master has not heard from it for 61 s"),
              row("worker\u001B[2J.three", "down", "", "\tstop\r\nped 🐧❤\uFE0F")));

  @Test
  void alignsByColumnsOfTheTerminalAndCleansHostileText() {
    assertThat(STATUS.render(UNICODE, 80))
        .isEqualTo(
            """
            HOST          STATE  CORES  REASON
            worker.one    up         4
            企鹅.example  lost      16  the Master has not heard from it for 61 s
            worker.three  down          stop ped 🐧❤
            """);
  }

  @Test
  void widestColumnsGiveWayInANarrowTerminal() {
    String narrow = STATUS.render(UNICODE, 40);
    assertThat(narrow)
        .isEqualTo(
            """
            HOST          STATE  CORES  REASON
            worker.one    up         4
            企鹅.example  lost      16  the Master…
            worker.three  down          stop ped 🐧❤
            """);
  }

  @Test
  void wholeColumnsAreNeverCut() {
    Table apps =
        new Table(
            List.of(Table.Column.whole("APPLICATION"), Table.Column.text("NAME")),
            List.of(row("app-20261123191305-0007", "a name that is long")));
    assertThat(apps.render(UNICODE, 30))
        .isEqualTo(
            """
            APPLICATION              NAME
            app-20261123191305-0007  a na…
            """);
    assertThat(apps.render(UNICODE, 10)).contains("app-20261123191305-0007  a n…");
  }

  @Test
  void asciiEndsCutTextWithDots() {
    assertThat(STATUS.render(Style.PLAIN, 40)).contains("...").doesNotContain("…");
  }

  @Test
  void coloursDoNotMoveColumns() {
    Table table =
        new Table(
            List.of(Table.Column.text("HOST"), Table.Column.text("STATE")),
            List.of(List.of(Table.Cell.of("a"), new Table.Cell("down", Tone.BAD))));
    assertThat(table.render(new Style(true, true), 80))
        .isEqualTo(
            "\u001B[2mHOST\u001B[0m  \u001B[2mSTATE\u001B[0m\na     \u001B[31mdown\u001B[0m\n");
  }

  @Test
  void rowsMustFitTheHeader() {
    assertThatThrownBy(() -> new Table(List.of(Table.Column.text("HOST")), List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Table.Cell> row(String... cells) {
    return java.util.Arrays.stream(cells).map(Table.Cell::of).toList();
  }
}
