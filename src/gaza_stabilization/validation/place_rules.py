"""Rules of place: paragraphs, sentences and spans account for the whole source."""

from __future__ import annotations

from ..schema.passages import Passage, Status
from ..schema.sources import Source
from ..schema.statements import Statement
from .across import Finding, rule
from .corpus import Corpus


@rule(
    "sources",
    "paragraphs",
    reads=("passages",),
    suspect=lambda of: (
        (of["last_paragraph"] > of["paragraphs"]) | (of["paragraph_count"] != of["paragraphs"])
    ),
)
def every_paragraph(source: Source, corpus: Corpus) -> Finding | None:
    """Every paragraph of a source has a sentence, and no sentence lies beyond the last one."""
    paragraphs = corpus.paragraphs_of.get(source.source_id, set())
    beyond = sorted(number for number in paragraphs if number > source.paragraphs)
    if not beyond and len(paragraphs) == source.paragraphs:
        return None
    gaps = (number for number in range(1, source.paragraphs + 1) if number not in paragraphs)
    odd = beyond[0] if beyond else next(gaps)
    return Finding(f"passages in exactly the paragraphs 1 to {source.paragraphs}", f"see {odd}")


@rule("passages", "sentence", suspect=lambda of: (of["sentence"] > 1) & ~of.filled("before"))
def sentences_in_sequence(passage: Passage, corpus: Corpus) -> Finding | None:
    """The sentences of a paragraph are numbered from 1 without a gap."""
    before = passage.sentence - 1
    if before == 0 or _sentence(before, passage, corpus) is not None:
        return None
    return Finding(f"a sentence {before} before it in paragraph {passage.paragraph}")


@rule(
    "passages",
    "start",
    suspect=lambda of: (
        ((of["sentence"] == 1) & (of["start"] > 0)) | (of["start"] != of["before.end"] + 1)
    ),
)
def sentences_adjoin(passage: Passage, corpus: Corpus) -> Finding | None:
    """The first sentence starts at 0; each next one a space after the one before."""
    if passage.sentence == 1:
        wanted = 0
    else:
        before = _sentence(passage.sentence - 1, passage, corpus)
        if before is None:
            return None  # The rule above says so.
        wanted = before.end + 1
    return None if passage.start == wanted else Finding(f"{wanted}, without gap or overlap")


def _sentence(number: int, passage: Passage, corpus: Corpus) -> Passage | None:
    """The sentence of a number in the paragraph of `passage`."""
    siblings = corpus.passages_in[passage.source_id, passage.paragraph]
    return next((other for other in siblings if other.sentence == number), None)


@rule(
    "passages",
    "status",
    reads=("statements",),
    suspect=lambda of: (
        (of["spoken"] != of.among("status", ("coded",))) & (of["spoken"] | ~of["misnamed"])
    ),
)
def coded_exactly_where_spoken(passage: Passage, corpus: Corpus) -> Finding | None:
    """A coded sentence is overlapped by a statement, every other by none."""
    place = passage.source_id, passage.paragraph
    overlapping = [
        statement.statement_id
        for statement in corpus.statements_in.get(place, [])
        if statement.start < passage.end and passage.start < statement.end
    ]
    if bool(overlapping) == (passage.status is Status.coded):
        return None
    if overlapping:
        return Finding("coded, since a statement overlaps it", f"see {overlapping[0]}")
    if place in corpus.misnamed_paragraphs:
        return None  # The statement that names a sentence there wrongly may overlap this one.
    return Finding("another status, or a statement that overlaps the sentence")


@rule(
    "statements",
    "start",
    reads=("passages",),
    suspect=lambda of: (
        (of["start"] < of["passage_id.start"]) | (of["start"] >= of["passage_id.end"])
    ),
)
def span_starts_in_its_sentence(statement: Statement, corpus: Corpus) -> Finding | None:
    """A span starts in the sentence that `passage_id` names."""
    passage = corpus.passage(statement.passage_id)
    if passage.start <= statement.start < passage.end:
        return None
    return Finding(f"{passage.start} to {passage.end - 1}, within {passage.passage_id}")


@rule(
    "statements",
    "end",
    reads=("passages",),
    suspect=lambda of: of["end"] > of["passage_id.paragraph_end"],
)
def span_lies_in_its_paragraph(statement: Statement, corpus: Corpus) -> Finding | None:
    """A span does not run over the end of its paragraph."""
    last = max(sentence.end for sentence in corpus.passages_in[corpus.paragraph_of(statement)])
    return None if statement.end <= last else Finding(f"{last} at most, the paragraph's end")


@rule(
    "statements",
    "sha256",
    reads=("passages",),
    suspect=lambda of: of["sha256"] != of["first_sha256"],
)
def same_place_same_hash(statement: Statement, corpus: Corpus) -> Finding | None:
    """Where two rows name the same span, their hashes are the same; the first row is believed."""
    place, span = corpus.paragraph_of(statement), (statement.start, statement.end)
    passages = [
        sentence
        for sentence in corpus.passages_in.get(place, [])
        if (sentence.start, sentence.end) == span
    ]
    twins = [twin for twin in corpus.statements_in.get(place, []) if (twin.start, twin.end) == span]
    first = (passages or twins)[0].sha256
    return None if statement.sha256 == first else Finding(first, "another row has the same span")
