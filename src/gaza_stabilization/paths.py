"""Where schema, data and releases lie: installed beside the modules, in a checkout at its root.

In a checkout only `schema` is found at the root. Were the whole root searched, `import
gaza_stabilization.validate` would run validate.py.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

_PACKAGE = Path(__file__).parent
_INSTALLED = (_PACKAGE / "schema").is_dir()
_HOME = _PACKAGE if _INSTALLED else _PACKAGE.parent.parent

DATA = _HOME / "data"
IN_CHECKOUT, INSTALLED = "releases", "released"
"""The folder of releases in a checkout, and in the package beside the module of that name."""
RELEASES = _HOME / (INSTALLED if _INSTALLED else IN_CHECKOUT)


class _CheckoutSchema(MetaPathFinder):
    """Finds the package `gaza_stabilization.schema` at the root of the checkout."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != "gaza_stabilization.schema":
            return None
        folder = _HOME / "schema"
        return spec_from_file_location(
            fullname, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )


def find_schema() -> None:
    """Make `gaza_stabilization.schema` importable in a checkout; nothing to do where installed."""
    if not _INSTALLED and not any(isinstance(finder, _CheckoutSchema) for finder in sys.meta_path):
        sys.meta_path.append(_CheckoutSchema())
