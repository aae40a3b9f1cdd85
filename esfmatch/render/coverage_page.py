"""Coverage as a picture (SVG) and as a page (HTML) for a screen, print and screen readers; no script, nothing remote.

Both are built as element trees, so that foreign text cannot become markup. Every mark is a letter as well as a colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal
from xml.etree import ElementTree as Tree

from esfmatch.coverage import Cell, Change, Coverage, Row, Standing
from esfmatch.model.programmes import Programme
from esfmatch.render import coverage as words
from esfmatch.render import wording
from esfmatch.render.cleaning import clean

_ROW: Final = 22
_COLUMN: Final = 22
_LABEL: Final = 430
_HEAD: Final = 290
_MARGIN: Final = 10
_LONGEST_NAME: Final = 44
# letter, colour behind it, what it means
_MARKS: Final = {
    "B": ("#1b7f4b", "nutzbar, ein Dokument nennt den Bezug (belegt)"),
    "E": ("#7a5c00", "nutzbar, Bezug nach unserer Einschätzung"),
    "V": ("#4a4f8a", "Vorhaben oder Gremium, kein Antrag möglich"),
    "A": ("#4a4f8a", "angekündigt, noch nicht offen"),
    "?": ("#5f5f5f", "Stand nicht belegt"),
    "x": ("#9c2f2f", "offen, aber hier nicht nutzbar"),
}
_LETTERS: Final = {
    Standing.PLAN: "V",
    Standing.ANNOUNCED: "A",
    Standing.UNPROVEN: "?",
    Standing.REFUSED: "x",
}
_STYLE: Final = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: bold; padding: .4rem 0; }
th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: left; vertical-align: top; }
th, td { overflow-wrap: break-word; }
td.gap { background: #fdeaea; } ul { margin: 0; padding-left: 1.2rem; }
.picture { box-sizing: border-box; overflow-x: auto; border: 1px solid #767676; width: max-content; }
.picture { max-width: calc(100vw - 3rem); position: relative; left: 50%; transform: translateX(-50%); }
.picture:focus { outline: 3px solid #1a5fb4; }
@media screen and (max-width: 44rem) {
  table, caption, tbody, tr, th, td { display: block; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr { border: 1px solid #767676; margin-bottom: .75rem; } tbody th, tbody td { border: 0; }
  td::before { content: attr(data-column) ": "; font-weight: bold; }
}
@media print {
  .picture { overflow: visible; border: 0; width: 100%; max-width: 100%; position: static; transform: none; }
  .picture svg { width: 100%; height: auto; } tr { break-inside: avoid; }
}
"""


def svg(coverage: Coverage) -> str:
    """The matrix of needs and instruments as an SVG file."""
    return _written(_picture(coverage))


def html(coverage: Coverage) -> str:
    """The coverage as one page: the picture, and the same in tables."""
    title = f"Regionale Bedarfe und Instrumente am {wording.day(coverage.as_of)}"
    page, main = _page(title)
    _text(main, "p", words.summary(coverage))
    _text(main, "h2", "Das Bild")
    box = _child(
        main,
        "div",
        {"class": "picture", "tabindex": "0", "role": "region", "aria-label": "Matrix, waagerecht zu rollen"},
    )
    box.append(_picture(coverage))
    _text(main, "p", "Dieselben Angaben stehen darunter in Tabellen.")
    for heading, rows in words.blocks(coverage):
        _text(main, "h2", heading)
        _table(main, f"{heading}: Bedarf, nutzbare Instrumente, Ergebnis", rows)
    return "<!DOCTYPE html>\n" + _written(page, method="html")


def changes_html(before: Coverage, after: Coverage, changes: Iterable[Change]) -> str:
    """What was lost and gained between two days, as one page."""
    then, now = wording.day(before.as_of), wording.day(after.as_of)
    page, main = _page(f"Regionale Bedarfe am {then} und am {now}")
    _text(main, "p", f"Am {then}: {words.summary(before)}")
    _text(main, "p", f"Am {now}: {words.summary(after)}")
    body = _body(main, "Was verloren ging und was dazukam", ("Bedarf", then, now, "Weg", "Neu"))
    for change in changes:
        line = _line(body, change.need.name)
        for day, row in ((then, change.before), (now, change.after)):
            _cell(line, day, words.state(row), gap=row.gap is not None)
        _cell(line, "Weg", ", ".join(programme.name for programme in change.lost) or "–")
        _cell(line, "Neu", ", ".join(programme.name for programme in change.gained) or "–")
    return "<!DOCTYPE html>\n" + _written(page, method="html")


# --- the picture ---------------------------------------------------------------------------------------------------


def _picture(coverage: Coverage) -> Tree.Element:
    columns = _columns(coverage)
    found = words.blocks(coverage)
    width = _LABEL + max(len(columns), 12) * _COLUMN + _HEAD // 2 + _MARGIN
    legend = _HEAD + sum(len(rows) + 2 for _, rows in found) * _ROW + _ROW
    height = legend + (len(_MARKS) + 1) * _ROW + _MARGIN
    root = Tree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "matrix-titel matrix-text",
            "font-family": "system-ui, sans-serif",
            "font-size": "13",
        },
    )
    _text(root, "title", f"Bedarfe und Instrumente am {wording.day(coverage.as_of)}", {"id": "matrix-titel"})
    _text(root, "desc", words.summary(coverage), {"id": "matrix-text"})
    _child(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    for number, programme in enumerate(columns):
        x = _LABEL + number * _COLUMN + _COLUMN // 2
        turned = {"transform": f"translate({x + 4} {_HEAD - 8}) rotate(-60)", "fill": "#1a1a1a"}
        _text(root, "text", _short(programme.name), turned)
    y = _HEAD
    for title, rows in found:
        _text(root, "text", title, _at(_MARGIN, y + _ROW - 6, "#1a1a1a", bold=True))
        y += _ROW
        for row in rows:
            _picture_row(root, row, columns, y)
            y += _ROW
        y += _ROW
    _legend(root, legend)
    return root


def _picture_row(root: Tree.Element, row: Row, columns: Sequence[Programme], y: int) -> None:
    gap = row.gap is not None
    label = f"{_short(row.need.name)}" + (" – Lücke" if gap else "")
    name = _text(root, "text", label, _at(_MARGIN + 8, y + _ROW - 6, "#9c2f2f" if gap else "#1a1a1a", bold=gap))
    _text(name, "title", row.need.name)
    line = {"x1": str(_LABEL), "x2": str(_LABEL + len(columns) * _COLUMN), "y1": str(y + _ROW), "y2": str(y + _ROW)}
    _child(root, "line", {**line, "stroke": "#c8c8c8"})
    cells = {cell.programme.id: cell for cell in row.cells}
    for number, programme in enumerate(columns):
        cell = cells.get(programme.id)
        letter = _letter(cell) if cell else None
        if cell is None or letter is None:
            continue
        x = _LABEL + number * _COLUMN
        place = {"x": str(x + 2), "y": str(y + 2), "width": str(_COLUMN - 4), "height": str(_ROW - 4)}
        box = _child(root, "rect", {**place, "fill": _MARKS[letter][0], "rx": "2"})
        _text(box, "title", f"{row.need.name} – {programme.name}: {_MARKS[letter][1]}. {cell.link.why}")
        centre = _at(x + _COLUMN // 2, y + _ROW - 6, "#ffffff", bold=True) | {"text-anchor": "middle"}
        _text(root, "text", letter, centre)


def _legend(root: Tree.Element, y: int) -> None:
    _text(root, "text", "Zeichen", _at(_MARGIN, y + _ROW - 6, "#1a1a1a", bold=True))
    for number, (letter, (colour, meaning)) in enumerate(_MARKS.items(), 1):
        top = y + number * _ROW
        _child(root, "rect", {"x": "18", "y": str(top + 2), "width": "18", "height": "18", "fill": colour, "rx": "2"})
        _text(root, "text", letter, _at(27, top + _ROW - 6, "#ffffff", bold=True) | {"text-anchor": "middle"})
        _text(root, "text", meaning, _at(46, top + _ROW - 6, "#1a1a1a"))


def _columns(coverage: Coverage) -> list[Programme]:
    """The instruments that have a mark in a row, those that answer most needs first."""
    counts: dict[str, int] = {}
    found: dict[str, Programme] = {}
    for row in coverage.rows:
        for cell in row.cells:
            if _letter(cell) is not None:
                found[cell.programme.id] = cell.programme
                counts[cell.programme.id] = counts.get(cell.programme.id, 0) + (cell.standing is Standing.OPEN)
    return sorted(found.values(), key=lambda programme: (-counts[programme.id], programme.name))


def _letter(cell: Cell) -> str | None:
    if cell.standing is Standing.OPEN:
        return "B" if cell.link.stated else "E"
    return _LETTERS.get(cell.standing)


def _at(x: int, y: int, colour: str, *, bold: bool = False) -> dict[str, str]:
    return {"x": str(x), "y": str(y), "fill": colour} | ({"font-weight": "bold"} if bold else {})


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


# --- the page ------------------------------------------------------------------------------------------------------


def _page(title: str) -> tuple[Tree.Element, Tree.Element]:
    page = Tree.Element("html", {"lang": "de"})
    head = _child(page, "head")
    _child(head, "meta", {"charset": "utf-8"})
    _child(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    _text(head, "title", title)
    _text(head, "style", _STYLE)
    main = _child(_child(page, "body"), "main")
    _text(main, "h1", title)
    return page, main


def _table(main: Tree.Element, caption: str, rows: Iterable[Row]) -> None:
    columns = ("Bedarf", "Nutzbare Instrumente", "Ergebnis")
    body = _body(main, caption, columns)
    for row in rows:
        line = _line(body, f"{row.need.name} ({wording.sources(row.need.source)})")
        cell = _cell(line, columns[1], "" if row.open else "keines")
        points = _child(cell, "ul") if row.open else cell
        for used in row.open:
            _text(points, "li", f"{used.programme.name} ({words.BASES[used.link.stated]})")
        result = " ".join(["Lücke.", *words.reason(row)]) if row.gap else "gedeckt"
        _cell(line, columns[2], result, gap=row.gap is not None)


# On a phone the cells stand below each other; the roles keep it a table, and each cell names its column.


def _body(main: Tree.Element, caption: str, columns: Iterable[str]) -> Tree.Element:
    table = _child(main, "table", {"role": "table"})
    _text(table, "caption", caption)
    line = _child(_child(table, "thead", {"role": "rowgroup"}), "tr", {"role": "row"})
    for name in columns:
        _text(line, "th", name, {"scope": "col", "role": "columnheader"})
    return _child(table, "tbody", {"role": "rowgroup"})


def _line(body: Tree.Element, name: str) -> Tree.Element:
    line = _child(body, "tr", {"role": "row"})
    _text(line, "th", name, {"scope": "row", "role": "rowheader"})
    return line


def _cell(line: Tree.Element, column: str, text: str, *, gap: bool = False) -> Tree.Element:
    attributes = {"role": "cell", "data-column": column} | ({"class": "gap"} if gap else {})
    return _text(line, "td", text, attributes)


def _child(parent: Tree.Element, tag: str, attributes: dict[str, str] | None = None) -> Tree.Element:
    return Tree.SubElement(parent, tag, attributes or {})


def _text(parent: Tree.Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> Tree.Element:
    child = _child(parent, tag, attributes)
    child.text = text if tag == "style" else clean(text)
    return child


def _written(root: Tree.Element, method: Literal["xml", "html"] = "xml") -> str:
    return Tree.tostring(root, encoding="unicode", method=method)
