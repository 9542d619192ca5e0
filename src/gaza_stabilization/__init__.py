"""Hand-coded claims in news texts, as versioned tables that can be traced to their words.

Everything public is here; what needs pandas is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._version import VERSION
from .paths import find_schema

__version__ = VERSION
find_schema()

if TYPE_CHECKING:
    from .codebooks.lookup import codebook as codebook
    from .codebooks.lookup import describe as describe
    from .codebooks.lookup import find as find
    from .errors import DestinationError as DestinationError
    from .errors import GazaStabilizationError as GazaStabilizationError
    from .errors import InvalidDataError as InvalidDataError
    from .errors import InvalidFrameError as InvalidFrameError
    from .errors import MissingExtraError as MissingExtraError
    from .errors import RetiredIdError as RetiredIdError
    from .errors import UnknownNameError as UnknownNameError
    from .errors import UsageError as UsageError
    from .formats import export as export
    from .networks.build import Network as Network
    from .networks.build import network as network
    from .plots.gallery import plot as plot
    from .reading.frames import check as check
    from .reading.problems import Problem as Problem
    from .releases.citation import cite as cite
    from .releases.comparison import Diff as Diff
    from .releases.comparison import diff as diff
    from .releases.comparison import required_bump as required_bump
    from .releases.index import versions as versions
    from .reliability.results import Agreement as Agreement
    from .reliability.results import agreement as agreement
    from .tables.flat import claims as claims
    from .tables.flat import ties as ties
    from .tables.loading import load as load
    from .tables.loading import rows as rows
    from .tables.provenance import Evidence as Evidence
    from .tables.provenance import evidence as evidence
    from .text import Place as Place
    from .text import locate as locate
    from .validation.run import validate as validate

# Where each public name comes from; it is imported when it is first asked for.
_NAMES = {
    "releases.citation": "cite",
    "codebooks.lookup": "codebook describe find",
    "errors": "DestinationError GazaStabilizationError InvalidDataError InvalidFrameError "
    "MissingExtraError RetiredIdError UnknownNameError UsageError",
    "tables.flat": "claims ties",
    "formats": "export",
    "releases.comparison": "Diff diff required_bump",
    "releases.index": "versions",
    "networks.build": "Network network",
    "plots.gallery": "plot",
    "tables.provenance": "Evidence evidence",
    "reliability.results": "Agreement agreement",
    "tables.loading": "load rows",
    "text": "Place locate",
    "reading.frames": "check",
    "reading.problems": "Problem",
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
