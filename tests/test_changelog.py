"""Level 4: the changelog is read with care, and names every table that changed."""

from __future__ import annotations

import pytest

from tests.project import Project
from tests.test_release_rules import correct, grow, problems_of


def test_every_touched_table_has_to_be_named_since_the_last_release(released: Project) -> None:
    correct(released)
    grow(released)
    released.set_version("0.3.0.dev0")
    released.say("## [Unreleased]\n\n- `actor` and actors, `issuesque`\n")
    (problem,) = [problem for problem in released.problems() if problem.rule == "changelog"]
    assert problem.expected == ("a section, such as ## [Unreleased], that names `actors`, `issues`")
    text = released.changelog.read_text(encoding="utf-8")
    text = text.replace("`issuesque`", "`actors` and `issues.definition`")
    released.changelog.write_text(text.replace("[Unreleased]", "[0.3.0] - 2021-01-01"))
    assert released.problems() == []


@pytest.mark.parametrize(
    "text", ["", "# Changelog\n", "\n## \n", "# Changelog\n\n## [0.2.0] - 2020-01-01"]
)
def test_a_changelog_that_says_nothing_is_a_problem(released: Project, text: str) -> None:
    correct(released)
    released.set_version("0.2.1.dev0")
    released.data.set("positions", "p001", holder_id="nobody-here")
    released.changelog.write_text(text, encoding="utf-8")
    rules = released.rules()
    assert {"changelog", "foreign-key"} <= rules
    released.changelog.unlink()
    assert {"changelog", "foreign-key"} <= released.rules()


def test_a_changelog_that_is_not_utf8_is_a_problem(released: Project) -> None:
    released.changelog.write_bytes("## [0.2.0]\n".encode("utf-16"))
    assert problems_of(released) == [("changelog", "CHANGELOG.md")]


@pytest.mark.parametrize(
    "heading",
    [
        "## 0.2.1 - 2020-01-01",
        "## [0.2.1] \u2013 2020-01-01",
        "## [next]",
        "## [0.1.0] - 2019-01-01\n\n## [0.1.1] - 2019-02-01",
        "## [0.2.1] - 2020-01-01\n\n## [Unreleased]",
    ],
)
def test_a_heading_that_cannot_be_understood_is_a_problem(released: Project, heading: str) -> None:
    text = released.changelog.read_text(encoding="utf-8")
    older = heading.startswith("## [0.1.0]")
    text = f"{text}\n{heading}\n" if older else text.replace("## ", f"{heading}\n\n## ", 1)
    released.changelog.write_text(text, encoding="utf-8")
    problem = released.problem("changelog-heading")
    assert problem.found == heading.split("\n")[-1]
    assert text.splitlines()[(problem.line or 0) - 1] == problem.found


def test_what_stands_in_fences_and_comments_of_the_changelog_does_not_count(
    released: Project,
) -> None:
    correct(released)
    released.set_version("0.2.1.dev0")
    released.say("## [Unreleased]\n\n```\n`actors`\n## [0.2.0]\n```\n<!-- `actors` -->\n")
    assert problems_of(released) == [("changelog", "CHANGELOG.md")]
    released.say("## [0.2.1]\n\n```\n## [0.2.0] - x\n```\n\n- `actors`\n")
    assert ("changelog", "CHANGELOG.md") not in problems_of(released)
