/// Jazzer on everything that reads what others wrote; each target lies beside what it fuzzes.
package huddle.fuzz;
