package huddle.web;

/// Knows where pages are.
interface Places {
  /// Where a page answers.
  ///
  /// @throws huddle.event.Failure if nothing of that name runs, or its host cannot be reached
  Place find(Route.Page page);

  /// Forgets where a page was: it did not answer there.
  void forget(Route.Page page);
}
