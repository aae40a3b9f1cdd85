"""Findings as SARIF 2.1.0, the form in which code hosts keep them from one run to the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import quote

from esfmatch import __version__
from esfmatch.checks.base import Check
from esfmatch.problems import Finding, Place
from esfmatch.render.findings import LineOf

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Sequence[Finding], checks: Iterable[Check], line_of: LineOf, root: Path) -> dict[str, Any]:
    """One run as a SARIF log. Files below `root` are named relative to it.

    The fingerprint of a result is made of its code, file name and the text of its line, so that it stays the same when
    lines are added or removed elsewhere; equal ones are told apart by a running number.
    """
    used = {finding.code for finding in findings}
    rules = [_rule(check) for check in checks if check.code in used]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    seen = Counter[str]()
    results = []
    for finding in findings:
        mark = _fingerprint(finding, line_of(finding.place))
        seen[mark] += 1
        results.append(_result(finding, index, f"{mark}:{seen[mark]}", root))
    driver = {"name": "esfmatch", "version": __version__, "semanticVersion": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: Check) -> dict[str, Any]:
    text = f"{check.why}\n\nFalsch:\n{check.failing}\n\nRichtig:\n{check.repaired}"
    return {
        "id": check.code,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.why},
        "help": {"text": text},
        "defaultConfiguration": {"level": check.severity.value},
    }


def _fingerprint(finding: Finding, line: str) -> str:
    parts = (finding.code, PurePath(finding.place.file).name, " ".join(line.split()))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _result(finding: Finding, index: dict[str, int], mark: str, root: Path) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": " ".join(part for part in (finding.message, finding.hint) if part)},
        "locations": [_location(finding.place, root)],
        "partialFingerprints": {"esfmatch/v1": mark},
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if finding.related:
        result["relatedLocations"] = [
            {**_location(place, root), "id": number, "message": {"text": message}}
            for number, (place, message) in enumerate(finding.related, 1)
        ]
    return result


def _location(place: Place, root: Path) -> dict[str, Any]:
    region = {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)}
    return {"physicalLocation": {"artifactLocation": _artifact(place.file, root), "region": region}}


def _artifact(file: str, root: Path) -> dict[str, str]:
    """The address of a file: relative to the root of the sources where it lies below it."""
    path = Path(file)
    if not path.is_absolute():
        path = root / path
    if path.is_relative_to(root) and ".." not in path.parts:
        return {"uri": quote(path.relative_to(root).as_posix(), errors="replace"), "uriBaseId": "%SRCROOT%"}
    return {"uri": "file://" + quote(path.as_posix(), errors="replace")}
