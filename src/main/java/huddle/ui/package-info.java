/// Terminal views: tables, live lines, prompts, colours.
@org.jspecify.annotations.NullMarked
package huddle.ui;
