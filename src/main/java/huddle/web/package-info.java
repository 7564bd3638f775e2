/// The gateway: one address on the operator's loopback at which every page of the cluster is found,
/// wherever its host is. A reverse proxy that dials each page through its host's connection, adds
/// the credential the page asks for, and answers only to the operator's own browser.
@org.jspecify.annotations.NullMarked
package huddle.web;
