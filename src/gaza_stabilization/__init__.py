"""Claims in news texts, as versioned tables that can be traced to their words.

Everything public is here; what needs pandas is imported when it is first used. A function that is
also a method of `Dataset` is that of the dataset that ships.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._version import VERSION
from .paths import find_schema

__version__ = VERSION
find_schema()

if TYPE_CHECKING:
    from .api import cite as cite
    from .api import claims as claims
    from .api import diff as diff
    from .api import export as export
    from .api import load as load
    from .api import required_bump as required_bump
    from .api import ties as ties
    from .api import validate as validate
    from .dataset import Dataset as Dataset
    from .dataset import coding as coding
    from .dataset import release as release
    from .errors import DestinationError as DestinationError
    from .errors import GazaStabilizationError as GazaStabilizationError
    from .errors import InvalidDataError as InvalidDataError
    from .errors import InvalidFrameError as InvalidFrameError
    from .errors import MissingExtraError as MissingExtraError
    from .errors import RetiredIdError as RetiredIdError
    from .errors import UnknownNameError as UnknownNameError
    from .errors import UsageError as UsageError
    from .networks.build import Network as Network
    from .reading.frames import check as check
    from .reading.problems import Problem as Problem
    from .releases.comparison import Diff as Diff
    from .releases.index import versions as versions
    from .reliability.results import Agreement as Agreement
    from .tables.provenance import Evidence as Evidence
    from .text import Place as Place
    from .text import locate as locate

    _shipped = Dataset()
    agreement = _shipped.agreement
    codebook = _shipped.codebook
    describe = _shipped.describe
    evidence = _shipped.evidence
    find = _shipped.find
    network = _shipped.network
    plot = _shipped.plot
    rows = _shipped.rows

# Where each public name comes from; it is imported when it is first asked for.
_NAMES = {
    "api": "cite claims diff export load required_bump ties validate",
    "dataset": "Dataset coding release",
    "errors": "DestinationError GazaStabilizationError InvalidDataError InvalidFrameError "
    "MissingExtraError RetiredIdError UnknownNameError UsageError",
    "networks.build": "Network",
    "reading.frames": "check",
    "reading.problems": "Problem",
    "releases.comparison": "Diff",
    "releases.index": "versions",
    "reliability.results": "Agreement",
    "tables.provenance": "Evidence",
    "text": "Place locate",
}
_HOME_OF = {name: module for module, names in _NAMES.items() for name in names.split()}
_METHODS = frozenset(
    ["agreement", "codebook", "describe", "evidence", "find", "network", "plot", "rows"]
)

__all__ = ["__version__", *sorted([*_HOME_OF, *_METHODS])]


def __getattr__(name: str) -> Any:
    if name in _METHODS:
        return getattr(importlib.import_module(".dataset", __name__).shipped(), name)
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
