#!/usr/bin/env python3
"""Draws a recording as an animated SVG: render.py IN.cast OUT.svg "COMMAND AS TYPED".

Plays the recording on a small terminal, keeps a picture every few seconds, and shortens the time between them. Readers
who asked for no motion see the last picture. Knows the escape sequences that Huddle writes, and stops at any other.
"""

import json
import re
import sys
from html import escape

ROWS, WIDTH, HEIGHT, MARGIN = 30, 8.43, 18, 14
EVERY, SHORTEST, LONGEST, LAST = 4.0, 0.3, 0.5, 7.0
CSI = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])")
CLASSES = {"1": "b", "2": "d", "31": "r", "32": "g", "33": "y", "36": "c"}


class Screen:
    def __init__(self, columns):
        self.columns, self.lines, self.row, self.column, self.style = columns, [[]], 0, 0, ""

    def feed(self, text):
        at = 0
        while at < len(text):
            found = CSI.match(text, at)
            if found:
                self.sequence(*found.groups())
                at = found.end()
                continue
            if text[at] == "\n":
                self.row += 1
            elif text[at] == "\r":
                self.column = 0
            elif text[at] < " ":
                raise SystemExit(f"unknown control character {text[at]!r}")
            else:
                self.character(text[at])
            while self.row >= len(self.lines):
                self.lines.append([])
            at += 1

    def character(self, glyph):
        if self.column == self.columns:
            self.row, self.column = self.row + 1, 0
            self.lines.append([])
        line = self.lines[self.row]
        line.extend([(" ", "")] * (self.column + 1 - len(line)))
        line[self.column] = (glyph, self.style)
        self.column += 1

    def sequence(self, parameters, end):
        if end == "m":
            self.style = CLASSES.get(parameters, "") if parameters not in ("", "0") else ""
        elif end == "A":
            self.row = max(0, self.row - int(parameters or 1))
        elif end in "KJ":
            del self.lines[self.row][self.column :]
            if end == "J":
                self.lines[self.row + 1 :] = []
        else:
            raise SystemExit(f"unknown sequence CSI {parameters}{end}")

    def picture(self):
        """The last rows that fit, as SVG text without its position."""
        return tuple(markup(line) for line in self.lines[max(0, len(self.lines) - ROWS) :])


def markup(line):
    """Spans at columns of their own: wherever the style changes, and after more than one space."""
    spans, column = [], 0
    while column < len(line):
        style, end = line[column][1], column
        while end < len(line) and line[end][1] == style:
            end += 1
        text = "".join(glyph for glyph, _ in line[column:end])
        for word in re.finditer(r"\S+(?: \S+)*", text):
            place = f"{MARGIN + (column + word.start()) * WIDTH:g}"
            named = f' class="{style}"' if style else ""
            spans.append(f'<tspan x="{place}"{named}>{escape(word[0])}</tspan>')
        column = end
    return "".join(spans)


def pictures(cast, typed):
    """Pairs of seconds and picture: what changed, about one every EVERY seconds, the last one in any case."""
    with open(cast, encoding="utf-8") as lines:
        screen = Screen(json.loads(next(lines))["width"])
        screen.feed("\x1b[1m$ " + typed + "\x1b[0m\r\n")
        shown = [(0.0, screen.picture())]
        for line in lines:
            seconds, _, text = json.loads(line)
            before = screen.picture()
            screen.feed(text)
            # A question is read; what follows it, and each new line that stays, is seen as well.
            asked = text.endswith("[y/N] ") or before[-1:] and "[y/N]" in before[-1]
            if seconds - shown[-1][0] >= EVERY or asked:
                shown.append((seconds, screen.picture()))
        return shown + [(seconds, screen.picture())]


def main(cast, out, typed):
    shown = pictures(cast, typed)
    starts, now = [], 0.0
    for (seconds, _), (following, _) in zip(shown, shown[1:] + [(shown[-1][0] + 99, ())]):
        starts.append(now)
        now += min(LONGEST, max(SHORTEST, (following - seconds) / 4))
    now += LAST - LONGEST
    percent = [f"{100 * start / now:.2f}".rstrip("0").rstrip(".") for start in starts] + ["100"]
    last = len(shown)
    # One text for each stretch of pictures in which a row stays the same.
    texts, stretches = [], {}
    for row in range(ROWS):
        first = 0
        for index in range(1, last + 1):
            here = [shown[i][1][row] if row < len(shown[i][1]) else "" for i in (first, min(index, last - 1))]
            if index == last or here[0] != here[1]:
                if here[0]:
                    name = stretches.setdefault((first, index), f"s{len(stretches)}")
                    end = " e" if index == last else ""
                    texts.append(f'<text y="{MARGIN + 34 + row * HEIGHT}" class="{name}{end}">{here[0]}</text>')
                first = index
    frames = []
    for (first, index), name in stretches.items():
        if (first, index) == (0, last):
            continue
        on = f"{percent[first]}%{{opacity:1}}"
        before = "" if first == 0 else "0%{opacity:0}"
        after = "" if index == last else f"{percent[index]}%,100%{{opacity:0}}"
        if index == last:
            on = f"{percent[first]}%,100%{{opacity:1}}"
        frames.append(f"@keyframes {name}{{{before}{on}{after}}}.{name}{{animation-name:{name}}}")
    width, height = round(2 * MARGIN + 80 * WIDTH), MARGIN + 34 + ROWS * HEIGHT
    style = (
        "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d8dee9;opacity:0}"
        ".e{opacity:1}.b{font-weight:700;fill:#fff}.d{fill:#8b95a7}.g{fill:#7ec699}.y{fill:#e5c07b}.r{fill:#f07178}.c{fill:#7fc8d8}"
        f"@media(prefers-reduced-motion:no-preference){{text{{animation:{now:.1f}s step-end infinite}}{''.join(frames)}}}"
    )
    with open(out, "w", encoding="utf-8") as svg:
        svg.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
            f"<title>A recorded run of {escape(typed)}, {round(shown[-1][0])} s in all, shown faster</title>\n<style>{style}</style>\n"
            f'<rect width="{width}" height="{height}" rx="8" fill="#1e232d"/>'
            '<circle cx="20" cy="18" r="5.5" fill="#f07178"/><circle cx="38" cy="18" r="5.5" fill="#e5c07b"/><circle cx="56" cy="18" r="5.5" fill="#7ec699"/>\n'
            + "\n".join(texts)
            + "\n</svg>\n"
        )
    print(f"{out}: {len(shown)} pictures, {now:.1f} s, {len(texts)} texts")


main(*sys.argv[1:])
