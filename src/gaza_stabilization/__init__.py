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
    from .citation import cite
    from .codebook_text import codebook, describe, find
    from .errors import (
        DestinationError,
        GazaStabilizationError,
        InvalidDataError,
        InvalidFrameError,
        MissingExtraError,
        UnknownNameError,
        UsageError,
    )
    from .flat import claims, ties
    from .formats import export
    from .provenance import evidence
    from .tables import load, rows
    from .text import locate
    from .validation.frames import check
    from .validation.run import validate

_HOME_OF = {
    "check": "validation.frames",
    "cite": "citation",
    "claims": "flat",
    "codebook": "codebook_text",
    "describe": "codebook_text",
    "evidence": "provenance",
    "export": "formats",
    "find": "codebook_text",
    "load": "tables",
    "locate": "text",
    "rows": "tables",
    "ties": "flat",
    "validate": "validation.run",
    "DestinationError": "errors",
    "GazaStabilizationError": "errors",
    "InvalidDataError": "errors",
    "InvalidFrameError": "errors",
    "MissingExtraError": "errors",
    "UnknownNameError": "errors",
    "UsageError": "errors",
}

__all__ = [
    "DestinationError",
    "GazaStabilizationError",
    "InvalidDataError",
    "InvalidFrameError",
    "MissingExtraError",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "check",
    "cite",
    "claims",
    "codebook",
    "describe",
    "evidence",
    "export",
    "find",
    "load",
    "locate",
    "rows",
    "ties",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
