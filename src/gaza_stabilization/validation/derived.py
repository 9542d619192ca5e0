"""What rules ask of other rows, as columns: of the paragraph, the chain, the source, the actors."""

from __future__ import annotations

import polars as pl
from polars import col

from ..schema.adjudications import Adjudication
from ..schema.cells import LIST_SEPARATOR
from ..schema.models import key_column, references
from ..schema.shared import ActorType
from .actor_rules import may_be_meant
from .corpus import Corpus
from .forms import UnscreenableError
from .links import Links, Look, derived, lines_of, row_numbers

_WIDE = 1 << 30  # More than any offset.


@derived("passages")
def place(links: Links) -> pl.Series:
    """The number of a sentence's paragraph, counted through all sources."""
    rows = links.select("passages", source="source_id", paragraph="paragraph")
    begins = rows.select(
        pl.any_horizontal(pl.all().ne_missing(pl.all().shift(1))) | (pl.int_range(pl.len()) == 0)
    ).to_series()
    if rows.filter(begins).drop_nulls().is_duplicated().any():
        raise UnscreenableError("sentences of one paragraph that stand apart")
    number = begins.cum_sum().cast(pl.UInt32) - 1
    return rows.select(pl.when(col("source").is_not_null()).then(number)).to_series()


@derived("passages")
def before(links: Links) -> pl.Series:
    """The row of the sentence before, in its paragraph."""
    rows = links.select("passages", place="place", sentence="sentence")
    same = (col("place") == col("place").shift(1)) & (
        col("sentence") == col("sentence").shift(1) + 1
    )
    return rows.select(pl.when(same).then(pl.int_range(pl.len()).cast(pl.UInt32) - 1)).to_series()


@derived("passages")
def paragraph_end(links: Links) -> pl.Series:
    """Where the last sentence of the paragraph ends."""
    rows = links.select("passages", place="place", end="end")
    ends = rows.drop_nulls().group_by("place").agg(col("end").max())
    return ends["end"].gather(row_numbers(rows["place"], ends["place"]))


@derived("passages")
def spoken(links: Links) -> pl.Series:
    """Whether a statement overlaps the sentence."""
    said = links.select("statements", place="passage_id.place", start="start", end="end")
    place = col("place").cast(pl.Int64) * _WIDE
    said = said.select(at=place + col("start"), to=place + col("end")).drop_nulls().sort("at")
    rows = links.select("passages", place="place", start="start", end="end")
    rows = rows.select(start=place + col("start"), last=place + col("end") - 1)
    # Of the statements that begin before the sentence ends, how far any reaches.
    begun = said["at"].search_sorted(rows["last"].fill_null(-1), side="right")
    reach = pl.concat([pl.Series([-1]), said["to"].cum_max()]).gather(begun)
    return (reach > rows["start"]).fill_null(False)


@derived("passages")
def misnamed(links: Links) -> pl.Series:
    """Whether a link names a sentence of the paragraph that is not there."""
    rows = links.select("passages", source="source_id", paragraph="paragraph")
    paragraphs = Corpus({}, missing=links.missing).misnamed_paragraphs
    odd = pl.Series([False]).new_from_index(0, len(rows))
    for source, number in paragraphs:
        at = rows["source"].is_in(links.stored("passages", "source_id", [source]).implode())
        odd |= at & (rows["paragraph"] == number)
    return odd


@derived("statements")
def first_sha256(links: Links) -> pl.Series:
    """The digest that the first row with the same span has, sentences first."""
    paths = {"start": "start", "end": "end", "sha256": "sha256"}
    said = links.select("statements", place="passage_id.place", **paths)
    spans = pl.concat([links.select("passages", place="place", **paths), said]).drop_nulls()
    number = _span(spans)
    spans = spans.select(number, "sha256")
    twins = spans.filter(col("span").is_duplicated())
    if twins["span"].n_unique() == twins.n_unique():
        return said["sha256"]
    first = spans.unique("span", keep="first", maintain_order=True)
    return first["sha256"].gather(row_numbers(said.select(number).to_series(), first["span"]))


def _span(rows: pl.DataFrame) -> pl.Expr:
    """A number for each place and span; one that says them, if none of the `rows` is too large."""
    most = rows.select(pl.col("end", "place").max()).fill_null(0).row(0)
    if most[0] < 1 << 18 and most[1] < 1 << 28:
        place, start, end = (col(name).cast(pl.UInt64) for name in ("place", "start", "end"))
        return (place * (1 << 36) + start * (1 << 18) + end).alias("span")
    return pl.struct("place", "start", "end").hash().alias("span")


@derived("statements", "positions", "relationships")
def differed(links: Links, table: str) -> pl.Series:
    """Whether codings differed about the row."""
    adjudications = links.tables["adjudications"]
    records = adjudications.records(lines_of(range(adjudications.frame.height)))
    ids = Corpus({Adjudication.about.name: records}, missing={}).adjudicated
    return _marked(links, table, links.rows_with(table, ids))


@derived("sources")
def author(links: Links) -> pl.Series:
    """Who speaks where nobody is quoted."""
    rows = links.select("sources", author="author_id", outlet="outlet_id")
    return rows.select(pl.coalesce("author", "outlet")).to_series()


@derived("sources")
def last_paragraph(links: Links) -> pl.Series:
    """The highest number of a paragraph that has a sentence."""
    return _of_source(links, col("paragraph").max())


@derived("sources")
def paragraph_count(links: Links) -> pl.Series:
    """How many paragraphs have a sentence."""
    return _of_source(links, col("paragraph").n_unique())


def _of_source(links: Links, figure: pl.Expr) -> pl.Series:
    rows = links.select("passages", source="source_id", paragraph="paragraph")
    figures = rows.drop_nulls().group_by("source").agg(figure.alias("figure"))
    numbers = pl.int_range(links.frame("sources").height, dtype=pl.UInt32, eager=True)
    return figures["figure"].gather(row_numbers(numbers, figures["source"])).fill_null(0)


@derived("relays")
def before_in_chain(links: Links) -> pl.Series:
    """Whether the chain has a link of the depth before."""
    rows = links.frame("relays").select("statement_id", "depth")
    wanted = rows.with_columns(col("depth") - 1)
    return wanted.hash_rows().is_in(rows.hash_rows().implode())


@derived("relationships")
def relayed(links: Links) -> pl.Series:
    """Whether the asserter passed the statement on, or somebody did whose id leads nowhere."""
    chain = links.select("relays", statement="statement_id", relay="relay_id").drop_nulls(
        "statement"
    )
    ties = links.select("relationships", statement="statement_id", relay="asserted_by_id")
    doubtful = chain.filter(col("relay").is_null())["statement"]
    named = ties.hash_rows().is_in(chain.hash_rows().implode())
    return named | ties["statement"].is_in(doubtful.implode()).fill_null(False)


@derived("relationships")
def said_again(links: Links) -> pl.Series:
    """Whether a `part_of` stands in its source already."""
    source = "statement_id.passage_id.source_id"
    rows = links.select("relationships", part="subject_id", whole="object_id", source=source)
    rows = _parts(links, rows).drop_nulls()
    again = ~rows.select(pl.struct("part", "whole", "source").is_first_distinct()).to_series()
    return _marked(links, "relationships", rows["row"].filter(again))


@derived("relationships")
def in_circle(links: Links) -> pl.Series:
    """Whether a tie may be part of a circle of `part_of` by the word of one asserter."""
    rows = links.select(
        "relationships",
        part="subject_id",
        whole="object_id",
        asserter="asserted_by_id",
        modality="modality",
    )
    rows = _parts(links, rows).filter(col("modality").cast(pl.String) == "actual").drop_nulls()
    return _marked(links, "relationships", _circling(rows, "asserter"))


def _parts(links: Links, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ties that are `part_of`, numbered, of which every link leads somewhere."""
    parts = Look(links, "relationships").among("relation", ("part_of",))
    gone = links.dangling("relationships")
    return rows.with_row_index("row").filter(parts if gone is None else parts & ~gone)


def _circling(rows: pl.DataFrame, *within: str) -> pl.Series:
    """The rows from `part` to `whole` that may lie on a circle: no other leads in and out again."""
    edges = rows.filter(col("part") != col("whole")).unique(["part", "whole", *within])
    count = -1
    while count != edges.height:
        count = edges.height
        edges = edges.join(
            edges, left_on=["part", *within], right_on=["whole", *within], how="semi"
        )
        edges = edges.join(
            edges, left_on=["whole", *within], right_on=["part", *within], how="semi"
        )
    return rows.join(edges, on=["part", "whole", *within], how="semi")["row"]


@derived("issues")
def in_circle_of_issues(links: Links) -> pl.Series:
    """Whether an issue may be its own ancestor."""
    whole = links.select("issues", whole="parent_id").with_row_index("row")
    gone = links.dangling("issues")
    rows = (whole if gone is None else whole.filter(~gone)).with_columns(part=col("row"))
    return _marked(links, "issues", _circling(rows.drop_nulls()))


@derived("actors")
def rank(links: Links) -> pl.Series:
    """The place of an id among all, by code point."""
    return links.frame("actors")["actor_id"].rank("ordinal")


@derived("actors")
def named(links: Links) -> pl.Series:
    """Whether a row names the actor, or may mean it."""
    height = links.frame("actors").height
    marks = pl.Series([False]).new_from_index(0, height)
    for table in links.tables:
        for column, target, _ in references(table):
            if target == "actors":
                rows = links.column(table, column.name).drop_nulls().unique()
                marks = marks.scatter(rows, True)
    misspelt = links.missing.get("actors", set())
    if misspelt and not marks.all():
        ids = links.frame("actors")[key_column("actors")]
        unnamed = marks.not_().arg_true()
        meant = [row for row in unnamed if may_be_meant(ids[row], misspelt)]
        marks = marks.scatter(meant, True)
    return marks


@derived("relationships")
def barred_subject(links: Links) -> pl.Series:
    """Whether the relation does not allow the subject's type."""
    return _barred(links, "subject")


@derived("relationships")
def barred_object(links: Links) -> pl.Series:
    """Whether the relation does not allow the object's type."""
    return _barred(links, "object")


def _barred(links: Links, end: str) -> pl.Series:
    types = [str(code) for code in ActorType]
    allowed = links.frame("relation_types")[f"{end}_types"].str.split(LIST_SEPARATOR).to_list()
    barred = [codes is not None and code not in codes for codes in allowed for code in types]
    rows = links.select("relationships", relation="relation", type=f"{end}_id.actor_type")
    at = rows["relation"] * len(types) + rows["type"].to_physical().cast(pl.UInt32)
    return pl.Series(barred, dtype=pl.Boolean).gather(at)


def _marked(links: Links, table: str, rows: pl.Series) -> pl.Series:
    """Whether a row of a table is one of some."""
    marks = pl.Series([False]).new_from_index(0, links.frame(table).height)
    return marks.scatter(rows, True) if len(rows) else marks
