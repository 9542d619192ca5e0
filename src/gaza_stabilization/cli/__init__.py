"""The command `gaza-stabilization`: one module a verb, whose docstring is its help."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from .._version import VERSION
from ..errors import GazaStabilizationError, InvalidDataError, ReleaseError
from ..text import visible
from . import data

CLEAN, PROBLEMS, USAGE = 0, 1, 2
VERBS = (
    *("validate", "export", "load", "codebook", "describe", "find", "evidence", "locate", "cite"),
    *("versions", "diff", "release", "agreement", "plot"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0 clean, 1 problems found, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # No letter is worth a traceback.
            if not stream.isatty():  # Files and pipes get UTF-8 and LF on every system.
                stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    status = USAGE
    try:
        arguments = _parser().parse_args(argv)
        status = int(arguments.run(arguments))
        print(end="", flush=True)
    except BrokenPipeError:
        # Whoever read the output has enough (`| head`); keep the interpreter from complaining.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(arguments.status)
    except (GazaStabilizationError, OSError) as error:
        refused = isinstance(error, (InvalidDataError, ReleaseError))
        lines = str(error).split("\n")  # The message's own; nothing else steers the terminal.
        print("gaza-stabilization: " + "\n".join(map(visible, lines)), file=sys.stderr)
        return PROBLEMS if refused else USAGE
    except KeyboardInterrupt:
        print("gaza-stabilization: interrupted", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gaza-stabilization",
        description="Hand-coded claims in news texts: load, look up, check and export them.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name in VERBS:
        verb = importlib.import_module(f".{name}", __name__)
        help_ = _documentation(verb)
        subparser = verbs.add_parser(
            name,
            help=help_.splitlines()[0],
            description=help_,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.arguments(subparser)
        data.add_option(subparser)
        subparser.set_defaults(run=verb.run, status=CLEAN)
    return parser


def _documentation(verb: ModuleType) -> str:
    return (verb.__doc__ or "").strip()
