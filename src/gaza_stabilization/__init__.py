"""Hand-coded claims in news texts, as versioned tables that can be traced to their words.

Everything public is here; what needs pandas is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._version import VERSION
from ._where import find_schema

__version__ = VERSION
find_schema()

if TYPE_CHECKING:
    from .citation import cite as cite
    from .codebook_text import codebook as codebook
    from .codebook_text import describe as describe
    from .codebook_text import find as find
    from .errors import DestinationError as DestinationError
    from .errors import GazaStabilizationError as GazaStabilizationError
    from .errors import InvalidDataError as InvalidDataError
    from .errors import InvalidFrameError as InvalidFrameError
    from .errors import MissingExtraError as MissingExtraError
    from .errors import RetiredIdError as RetiredIdError
    from .errors import UnknownNameError as UnknownNameError
    from .errors import UsageError as UsageError
    from .flat import claims as claims
    from .flat import ties as ties
    from .formats import export as export
    from .history.differences import Diff as Diff
    from .history.differences import diff as diff
    from .history.differences import required_bump as required_bump
    from .history.index import versions as versions
    from .networks.build import Network as Network
    from .networks.build import network as network
    from .plots.gallery import plot as plot
    from .provenance import Evidence as Evidence
    from .provenance import evidence as evidence
    from .reliability.results import Agreement as Agreement
    from .reliability.results import agreement as agreement
    from .tables import load as load
    from .tables import rows as rows
    from .text import Place as Place
    from .text import locate as locate
    from .validation.frames import check as check
    from .validation.problems import Problem as Problem
    from .validation.run import validate as validate

# Where each public name comes from; it is imported when it is first asked for.
_NAMES = {
    "citation": "cite",
    "codebook_text": "codebook describe find",
    "errors": "DestinationError GazaStabilizationError InvalidDataError InvalidFrameError "
    "MissingExtraError RetiredIdError UnknownNameError UsageError",
    "flat": "claims ties",
    "formats": "export",
    "history.differences": "Diff diff required_bump",
    "history.index": "versions",
    "networks.build": "Network network",
    "plots.gallery": "plot",
    "provenance": "Evidence evidence",
    "reliability.results": "Agreement agreement",
    "tables": "load rows",
    "text": "Place locate",
    "validation.frames": "check",
    "validation.problems": "Problem",
    "validation.run": "validate",
}
_HOME_OF = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = ["__version__", *sorted(_HOME_OF)]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
