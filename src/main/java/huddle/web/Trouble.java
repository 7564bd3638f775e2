package huddle.web;

import huddle.event.Printable;

/// A page of the gateway's own: what is wrong, and what to do.
record Trouble(int status, String what, String remedy) {
  String html() {
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>huddle</title>
    <style>body { font: 16px sans-serif; margin: 3em; max-width: 40em }</style></head>
    <body><h1>%s</h1><p>%s</p><p><a href="/">The Master's page</a></p></body></html>
    """
        .formatted(escaped(what), escaped(remedy));
  }

  static String escaped(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
