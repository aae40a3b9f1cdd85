"""Makes the inputs of the corpus from the recipes of its manifest, so that large and odd bytes need not be stored."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sampling import SAMPLE, copy_sample

from esfmatch.catalogue import FILES

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One input and one command that gets it."""

    name: str
    kind: str
    recipe: Any
    file: str
    command: tuple[str, ...]
    codes: tuple[int, ...]
    says: str


def cases(thorough: bool) -> list[Case]:
    """The cases of the manifest: for each input of an entry one of its commands in turn, or all if `thorough`.

    Of the inputs for every field, only some are taken if not.
    """
    entries = yaml.safe_load((HERE / "manifest.yaml").read_text(encoding="utf-8"))
    return [
        Case(
            f"{entry['name']}/{label}/{number}",
            entry["class"],
            recipe,
            entry.get("file", ""),
            tuple(command),
            tuple(entry["codes"]),
            entry.get("says", ""),
        )
        for entry in entries
        for turn, (label, recipe) in enumerate(_inputs(entry["each"]))
        for number, command in enumerate(entry["commands"])
        if thorough or (turn % len(entry["commands"]) == number and not ("every_field" in entry["each"] and turn % 15))
    ]


def _inputs(each: Any) -> Iterator[tuple[str, Any]]:
    """Labels and recipes. `every_field` stands for one input for each text of the sample catalogue."""
    if "every_field" in each:
        for file in FILES:
            for path in _texts(yaml.safe_load((SAMPLE / file).read_text(encoding="utf-8"))):
                label = f"{file}:{'.'.join(map(str, path))}"
                yield label, {"field": [file, list(path)], "add": each["every_field"]}
    else:
        yield from each.items()


def _texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def arguments(case: Case, folder: Path) -> list[str]:
    """The command line of a case; its input is made in `folder`."""
    places = {"x": "", "folder": str(folder), "file": "", "catalogue": ""}
    if isinstance(case.recipe, dict) and {"field", "in"} & case.recipe.keys():
        places["catalogue"] = str(_catalogue(case.recipe, folder / "catalogue"))
    elif case.file:
        places["file"] = str(folder / case.file)
        _make_file(case.recipe, folder / case.file)
    else:
        places["x"] = content(case.recipe).decode("utf-8", "surrogateescape")
    return [_filled(part, places) for part in case.command]


def _filled(part: str, places: dict[str, str]) -> str:
    for name, value in places.items():
        part = part.replace(f"<{name}>", value)
    return part


def content(recipe: Any) -> bytes:
    """The bytes of a recipe: a text, or `hex`, `repeat: [text, times]`, `encode: [text, encoding]`, `join: […]`."""
    if isinstance(recipe, str):
        return recipe.encode("utf-8", "surrogatepass")
    ((kind, value),) = recipe.items()
    if kind == "hex":
        return bytes.fromhex(value)
    if kind == "repeat":
        return content(value[0]) * value[1]
    if kind == "encode":
        return str(value[0]).encode(value[1])
    if kind == "join":
        return b"".join(content(part) for part in value)
    raise ValueError(kind)


def _make_file(recipe: Any, path: Path) -> None:
    special = recipe.get("special") if isinstance(recipe, dict) else None
    if special is None:
        path.write_bytes(content(recipe))
    elif special == "directory":
        path.mkdir()
    elif special == "fifo":
        os.mkfifo(path)
    elif special == "loop":
        path.with_name("other").symlink_to(path.name)
        path.symlink_to("other")
    elif special == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
    elif special == "device":
        path.symlink_to("/dev/zero")
    elif special == "dangling":
        path.symlink_to("nowhere")
    elif special == "sparse":
        with path.open("wb") as stream:
            stream.truncate(1 << 34)
    else:
        assert special == "missing"


def _catalogue(recipe: dict[str, Any], folder: Path) -> Path:
    """The sample catalogue with one file changed: text added to a `field`, some text replaced, or all of it."""
    copy_sample(folder)
    if "field" in recipe:
        name, path = recipe["field"]
        value = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        inner = value
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] += recipe["add"]
        (folder / name).write_text(json.dumps(value), encoding="utf-8")  # JSON is YAML, with escapes for what is odd
        return folder
    file = folder / recipe["in"]
    if "replace" in recipe:
        old, new = recipe["replace"]
        text = file.read_text(encoding="utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    else:
        file.unlink()
        _make_file(recipe["content"], file)
    return folder
