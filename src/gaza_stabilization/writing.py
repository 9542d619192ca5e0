"""Writing so that an interruption leaves the old or the new, never a mixture."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .errors import DestinationError

try:
    import fcntl
except ImportError:  # Not on Windows.
    fcntl = None  # type: ignore[assignment]

_LEFT = "gaza-stabilization"


def write_folder(
    destination: Path, build: Callable[[Path], None], is_earlier: Callable[[Path], str | None]
) -> None:
    """Let `build` fill a new folder, and put it at `destination` in one step.

    The destination must be absent, empty, or an earlier result: `is_earlier` says None where it
    is one, else what speaks against it, and then nothing is touched. What an interrupted run left
    beside the destination is cleared. Raises `DestinationError`.
    """
    destination = _resolved(destination)
    try:
        _allow(destination, is_earlier)
        destination.parent.mkdir(parents=True, exist_ok=True)
        _recover(destination)
        _allow(destination, is_earlier)
        prefix = f".{destination.name}.{_LEFT}-new-{os.getpid()}-"
        new = Path(tempfile.mkdtemp(prefix=prefix, dir=destination.parent))
        try:
            new.chmod(0o755)  # mkdtemp makes it private; an export is for others to read.
            build(new)
            _put(new, destination)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise DestinationError(
            f"cannot write to {destination}: {error.strerror or error}; nothing was changed there"
        ) from None


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by their path below a folder, with slashes; texts in UTF-8, on every system."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


def write_file(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever reads finds the old one or the new one, whole."""
    new = path.with_name(f".{path.name}.{_LEFT}-new-{os.getpid()}")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Let only one process at a time do `what` in a folder; it is freed when the process ends.

    Raises `DestinationError` where another is at it. Where the system cannot lock, nothing is held.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"another process is at {what} in {folder}; wait for it"
            raise DestinationError(message) from None
        yield
    finally:
        os.close(handle)


def clear_unfinished(folder: Path) -> None:
    """Delete what interrupted runs of `write_file` left in a folder."""
    left = re.compile(rf"\..+\.{_LEFT}-new-([0-9]+)")
    for path in folder.iterdir():
        match = left.fullmatch(path.name)
        if match and path.is_file() and not _runs(int(match[1])):
            path.unlink()


def _resolved(destination: Path) -> Path:
    try:
        return destination.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise DestinationError(f"cannot write to {destination}: {error}") from None


def _allow(destination: Path, is_earlier: Callable[[Path], str | None]) -> None:
    if not destination.exists():
        return
    if not destination.is_dir():
        raise DestinationError(f"{destination} is a file; give a folder that is absent or empty")
    here = Path.cwd()
    if here == destination or destination in here.parents:
        # It would be another folder of the same name then, and this one gone under the shell.
        raise DestinationError(
            f"{destination} is the folder you are in, or holds it; give a folder below it, such as "
            f"{here / 'datapackage'}"
        )
    against = is_earlier(destination) if any(destination.iterdir()) else None
    if against is not None:
        raise DestinationError(
            f"{destination} is not empty and not an earlier export ({against}); nothing was "
            "changed there. Give another folder, or move what is in it"
        )


def _put(new: Path, destination: Path) -> None:
    """Make `new` the destination; an earlier one is gone only when the new one is in place.

    Between the two renames there is no destination; the next run puts the old one back.
    """
    old = _old(destination)
    if destination.exists():
        destination.rename(old)
    try:
        new.rename(destination)
    except BaseException:
        if old.exists():
            old.rename(destination)
        raise
    shutil.rmtree(old, ignore_errors=True)  # If it stays, the next run clears it.


def _old(destination: Path) -> Path:
    return destination.with_name(f".{destination.name}.{_LEFT}-old")


def _recover(destination: Path) -> None:
    """Clear what interrupted runs left; where only the old folder was moved, put it back."""
    old = _old(destination)
    if old.is_dir() and not destination.exists():
        old.rename(destination)
    elif old.is_dir():
        shutil.rmtree(old)
    new = re.compile(rf"\.{re.escape(destination.name)}\.{_LEFT}-new-([0-9]+)-\w+")
    for left in destination.parent.iterdir():
        match = new.fullmatch(left.name)
        if match and left.is_dir() and not _runs(int(match[1])):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether another process is still at work, and its folder therefore not a leftover."""
    if os.name != "posix" or process == os.getpid():
        return False  # Elsewhere the question itself would end the process.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
