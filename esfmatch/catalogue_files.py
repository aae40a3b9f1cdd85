"""What each file of the catalogue holds. Only who reads the files needs this, not who reads the compiled catalogue."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import field

from esfmatch.catalogue import FILES
from esfmatch.model.basics import Id, Text
from esfmatch.model.evidence import Document
from esfmatch.model.exemptions import CatalogueFile
from esfmatch.model.programmes import Programme
from esfmatch.model.region import Approval, ApprovalsList, Need, ReferenceProject, Region
from esfmatch.shapes import Limits, Model
from esfmatch.vocabulary import VocabularyFile


class ProgrammesFile(CatalogueFile):
    """data/programmes.yaml"""

    schema_: Literal["esfmatch/programmes/1"] = field(name="schema")
    documents: tuple[Document, ...]
    programmes: tuple[Programme, ...]


class NeedsFile(CatalogueFile):
    """data/needs.yaml"""

    schema_: Literal["esfmatch/needs/1"] = field(name="schema")
    region: Region
    needs: tuple[Need, ...]
    reference_projects: tuple[ReferenceProject, ...]
    reference_projects_note: Text | None = None


class Voices(Model):
    """How people describe what one instrument, need or topic is for, in their own words."""

    id: Id
    texts: tuple[Annotated[str, Limits(strip_whitespace=True, min_length=3, max_length=600)], ...]


class VoicesFile(CatalogueFile):
    """data/voices.yaml"""

    schema_: Literal["esfmatch/voices/1"] = field(name="schema")
    voices: tuple[Voices, ...]


class ApprovalsFile(CatalogueFile):
    """data/approvals.yaml"""

    schema_: Literal["esfmatch/approvals/1"] = field(name="schema")
    list_: ApprovalsList = field(name="list")
    approvals: tuple[Approval, ...]


FILE_KINDS: Final[Mapping[str, type[CatalogueFile]]] = dict(
    zip(FILES, (ProgrammesFile, NeedsFile, VocabularyFile, VoicesFile, ApprovalsFile), strict=True)
)
