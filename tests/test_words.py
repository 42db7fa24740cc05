"""Plain English: no phrase of the old style, and no sentence that has to be read twice."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.golden.texts import RECORDED, read

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
FORBIDDEN = re.compile(
    r"li(?:ve[sd]?|ving) through|firms? as (?:it is|they are)|told apart|within noise|firms? with a story"
    r"|of more arms only|rests? on (?:revenue|margin)|go(?:es)? on where|gets? (?:it|everything) again"
    r"|cannot be told|where nothing is defined|what came of|histories part|same luck|not told|mended",
    re.I,
)
# Words of published results and of the cards they were made with: they change when `make presets` runs again.
PUBLISHED = re.compile(r"(?:over|less) that of the firm as it is|all of it rests on revenue")
MAX_WORDS_ON_PAGES, MAX_WORDS_SAID = 40, 30

# Pages that are made by templates and published results: their templates are read instead.
MADE = {
    "calibration",
    "data",
    "gallery",
    "parameters",
    "presets",
    "processes",
    "rival-theories",
    "screening",
}
PAGES = sorted(
    page
    for page in (
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *DOCS.glob("*.md"),
        *DOCS.glob("how-to/*.md"),
        *DOCS.glob("decisions/*.md"),
        *DOCS.glob("make/templates/*.jinja"),
        *REPOSITORY.glob("benchmarks/*.md"),
    )
    if page.stem not in MADE
)
SPOKEN = sorted(
    path
    for pattern in ("src/**/*.py", "docs/**/*.*", "configs/**/*.toml", "README.md", "CONTRIBUTING.md")
    for path in REPOSITORY.glob(pattern)
    if path.suffix in {".py", ".md", ".jinja", ".toml"}
)

# Recorded texts that are lists of names, texts of a figure put into one line, or a published card.
EXEMPT = (
    "show/figures/screened::",
    "show/figures/paired_differences::",
    "cli/presets::one_card_is_shown_in_full",
)


def prose_of(page: Path) -> str:
    """A page without what is not prose or not its own: code, generated blocks, commands of templates, HTML."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(
        r"<!-- generated: (\w+) -->.*?<!-- end of \1 -->|^```.*?^```", "\n\n", text, flags=re.S | re.M
    )
    text = re.sub(r"\{%.*?%\}|<[^>]+>", "\n\n", text, flags=re.S)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\{\{.*?\}\}|`[^`]+`", "code", text, flags=re.S)


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs, items of lists and cells of tables, each in one line."""
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*#|]|\d+\.) ?)", text):
        yield from part.split("|") if part.lstrip().startswith("|") else [" ".join(part.split())]


def long_sentences(text: str, most: int) -> list[str]:
    """Sentences of more words, not counting numbers."""
    each = re.split(r"(?<=[.!?])[\"'*_)]*\s+", text)
    return [sentence for sentence in each if len(re.findall(r"[A-Za-z][\w'-]*", sentence)) > most]


def said(line: str) -> str:
    """A line without what is looked up and not read: details in brackets, and what an error allows."""
    return re.sub(r" \([^()]*\)|; (?:got|allowed:) .*", "", line)


def test_no_phrase_of_the_old_style():
    texts = ((path, PUBLISHED.sub("", path.read_text(encoding="utf-8"))) for path in [*SPOKEN, RECORDED])
    assert [(path.name, each[0]) for path, text in texts for each in FORBIDDEN.finditer(text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_sentences_of_pages_are_short(page):
    texts = paragraphs(prose_of(page))
    assert [each for text in texts for each in long_sentences(text, MAX_WORDS_ON_PAGES)] == []


def test_what_the_program_says_is_short():
    lines = (
        line for name, text in read().items() if not name.startswith(EXEMPT) for line in text.splitlines()
    )
    assert [each for line in lines for each in long_sentences(said(line), MAX_WORDS_SAID)] == []
