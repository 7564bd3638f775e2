package huddle.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  private static final Route.Page HOME = new Route.Page.Master();

  @Test
  void aWorkersPageIsBelowItsId() {
    assertThat(Route.of("/proxy/worker-20261124-10.0.0.1-7078/logPage/", HOME))
        .isEqualTo(
            new Route(
                new Route.Page.Worker("worker-20261124-10.0.0.1-7078"),
                "/proxy/worker-20261124-10.0.0.1-7078",
                "/logPage/"));
    assertThat(Route.of("/proxy/worker-1-fd00%3A%3A1-7078", HOME).page())
        .isEqualTo(new Route.Page.Worker("worker-1-fd00::1-7078"));
  }

  @Test
  void adriversPageIsBelowItsApplication() {
    assertThat(Route.of("/proxy/app-20261124225507-0001", HOME))
        .isEqualTo(
            new Route(
                new Route.Page.Driver("app-20261124225507-0001"),
                "/proxy/app-20261124225507-0001",
                "/"));
  }

  @Test
  void allElseIsOfTheHomePage() {
    assertThat(Route.of("/static/webui.css", HOME))
        .isEqualTo(new Route(HOME, "", "/static/webui.css"));
    assertThat(Route.of("", HOME).path()).isEqualTo("/");
    assertThat(Route.of("/history/app-1/jobs/", new Route.Page.History()).page())
        .isEqualTo(new Route.Page.History());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proxy/",
        "/proxy/nonsense/",
        "/proxy/driver-1/",
        "/proxy/app-%2e%2e%2f..",
        "/proxy/worker-<b>/",
        "/proxy/app-1%0d%0aX/"
      })
  void whatIsNoIdLeadsNowhere(String path) {
    Route route = Route.of(path, HOME);
    // An id is passed on to nobody: it is only looked up.
    assertThat(route.page())
        .isNotInstanceOf(Route.Page.Master.class)
        .isNotInstanceOf(Route.Page.History.class);
    assertThat(route.path()).doesNotContain("..");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4040/jobs/, /proxy/app-1/jobs/",
    "/jobs/, /proxy/app-1/jobs/",
    "/proxy/app-1/jobs/, /proxy/app-1/jobs/",
    "http://127.0.0.1:4040/proxy/app-1/, /proxy/app-1/",
    "stages/?id=1, stages/?id=1"
  })
  void aRedirectStaysAtTheGateway(String said, String followed) {
    Route route = Route.of("/proxy/app-1/", HOME);
    assertThat(route.location(said, "127.0.0.1:4040")).contains(followed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "https://127.0.0.1:4040@evil.example/",
        "http://127.0.0.1:40401/"
      })
  void aRedirectToElsewhereIsNotFollowed(String said) {
    assertThat(Route.of("/proxy/app-1/", HOME).location(said, "127.0.0.1:4040")).isEmpty();
  }
}
