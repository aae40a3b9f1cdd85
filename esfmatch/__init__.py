"""esfmatch: finds the funding instruments that fit a German description, for advisors in North Rhine-Westphalia.

For programs: `esfmatch.load()`, whose result has `suggest` and `check`; see `esfmatch.api`. That is loaded when it is
asked for, because the command passes here at every call.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from esfmatch.api import Advice as Advice
    from esfmatch.api import CatalogueError as CatalogueError
    from esfmatch.api import Check as Check
    from esfmatch.api import Eligibility as Eligibility
    from esfmatch.api import EsfmatchError as EsfmatchError
    from esfmatch.api import InputError as InputError
    from esfmatch.api import LoadedCatalogue as LoadedCatalogue
    from esfmatch.api import UsageError as UsageError
    from esfmatch.api import load as load

_PUBLIC = "Advice CatalogueError Check Eligibility EsfmatchError InputError LoadedCatalogue UsageError load".split()


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'esfmatch' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module("esfmatch.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
