"""Writing a folder: whole or not at all, and never over what is somebody else's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gaza_stabilization import DestinationError, writing
from gaza_stabilization.writing import write_folder


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it and go on."""


def fill(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "file").write_text(text) and None


def ours(folder: Path) -> str | None:
    return None if (folder / "file").exists() else "it has no file"


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_absent_empty_and_earlier_destinations_are_written(tmp_path: Path) -> None:
    destination = tmp_path / "deep" / "er" / "out"
    write_folder(destination, fill("new"), ours)
    write_folder(destination, fill("newer"), ours)
    assert (destination / "file").read_text() == "newer"
    assert left(destination.parent) == ["out"]
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", fill("new"), ours)
    assert left(tmp_path) == ["deep", "empty"]


def test_what_is_somebody_else_s_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(DestinationError, match="it has no file"):
        write_folder(folder, fill("new"), ours)
    with pytest.raises(DestinationError, match="is a file"):
        write_folder(folder / "thesis.txt", fill("new"), ours)
    with pytest.raises(DestinationError, match="nothing was changed"):
        write_folder(folder / "thesis.txt" / "below", fill("new"), ours)
    assert (folder / "thesis.txt").read_text() == "years of work"
    assert left(tmp_path) == ["papers"]


def test_a_failure_while_building_leaves_the_old(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", fill("old"), ours)

    def fail(folder: Path) -> None:
        (folder / "file").write_text("half")
        raise Killed

    with pytest.raises(Killed):
        write_folder(tmp_path / "out", fail, ours)
    assert (tmp_path / "out" / "file").read_text() == "old"
    assert left(tmp_path) == ["out"]


@pytest.mark.parametrize("moment", range(6))
def test_killed_at_any_step_leaves_old_or_new_and_the_next_run_clears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    write_folder(tmp_path / "out", fill("old"), ours)
    steps = 0

    def killed_after(step: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*arguments: object, **options: object) -> object:
            nonlocal steps
            if steps >= moment:
                raise Killed  # Also in every clean-up that follows: the process is gone.
            steps += 1
            return step(*arguments, **options)

        return wrapped

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed_after(Path.rename))
        patch.setattr(writing.shutil, "rmtree", killed_after(writing.shutil.rmtree))
        try:
            write_folder(tmp_path / "out", fill("new"), ours)
        except Killed:
            pass
        else:
            assert steps <= moment
    here = tmp_path / "out" / "file"
    moved = tmp_path / ".out.gaza-stabilization-old" / "file"
    assert (here if here.exists() else moved).read_text() in {"old", "new"}
    write_folder(tmp_path / "out", fill("newest"), ours)
    assert here.read_text() == "newest"
    assert left(tmp_path) == ["out"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_folder(tmp_path / "link", fill("new"), ours)
    assert (tmp_path / "real" / "file").read_text() == "new"
    assert (tmp_path / "link").is_symlink()


def test_what_another_destination_left_is_not_cleared(tmp_path: Path) -> None:
    others = [
        tmp_path / ".out-2.gaza-stabilization-old",
        tmp_path / ".out-2.gaza-stabilization-new-1-abc",
        tmp_path / ".gaza-stabilization-out-notes",
        tmp_path / ".out.gaza-stabilization-new-1-abc",  # Process 1 is always at work.
    ]
    for other in others:
        other.mkdir()
    write_folder(tmp_path / "out", fill("new"), ours)
    assert all(other.is_dir() for other in others)


def test_a_folder_of_a_process_that_ended_is_cleared(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    (tmp_path / f".out.gaza-stabilization-new-{process.pid}-abc").mkdir()
    write_folder(tmp_path / "out", fill("new"), ours)
    assert left(tmp_path) == ["out"]


def test_the_folder_that_the_user_is_in_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for destination in (Path(), Path("..")):
        with pytest.raises(DestinationError, match="the folder you are in"):
            write_folder(destination, fill("new"), ours)


def test_others_may_read_what_was_written(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", fill("new"), ours)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o755


def test_where_the_new_folder_cannot_be_put_in_place_the_old_one_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path / "out", fill("old"), ours)
    rename = Path.rename

    def refuse_new(path: Path, target: Path) -> Path:
        if "-new-" in path.name:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(DestinationError, match="No space left on device; nothing was changed"):
        write_folder(tmp_path / "out", fill("new"), ours)
    assert (tmp_path / "out" / "file").read_text() == "old"
    assert left(tmp_path) == ["out"]
