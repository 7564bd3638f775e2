/// What a host is found to be: one probe script, its pure parser, the gatherer.
@org.jspecify.annotations.NullMarked
package huddle.facts;
