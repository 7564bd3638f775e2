/// What the services beside the Master need from the operator's machine: whether they serve, and
/// the event logs that the History Server shows.
@org.jspecify.annotations.NullMarked
package huddle.service;
