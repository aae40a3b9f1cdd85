"""Which findings of `validate` a file of the catalogue may keep."""

from typing import Annotated

from esfmatch.model.basics import Day, Text
from esfmatch.shapes import Limits, Model


class Exemption(Model):
    """A finding of `validate` that its file may keep: which one, who answers for it, why, and how long.

    entry: the id of the entry that it stands in; about: words of its message, to meet only some of an entry's findings.
    """

    code: Annotated[str, Limits(pattern=r"^ESF[0-9]{3}$")]
    entry: Annotated[str, Limits(min_length=1, max_length=80)]
    about: Text | None = None
    owner: Text
    reason: Text
    until: Day


class CatalogueFile(Model):
    """What every catalogue file may hold."""

    exceptions: tuple[Exemption, ...] = ()
