"""The page on data: every file, frame, column, outcome and key, as the code declares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..study.gap.coalitions import COLUMNS
from ..study.manifest import KEYS_OF_A_RUN, KEYS_OF_A_SWEEP, KEYS_OF_JUDGED, MANIFEST, MANIFEST_KEYS
from ..study.outcomes import THEMES, outcomes_of
from ..study.outcomes.declaring import LEVELS, Outcome
from ..study.recording import ADDRESS, OF_A_FAILURE
from ..study.rows import REPLICATE, SHEETS
from ..study.schema import SCHEMA_VERSION, Column
from ..study.sweeps.points import PLACE, WHAT_STANDS_THERE
from .calibration import KEYS_OF_A_CALIBRATION
from .comparisons import KEYS_OF_A_COMPARISON
from .evidence.machine import KEYS_OF_A_CURVE, KEYS_OF_A_MEASURE, KEYS_OF_A_TARGET, KEYS_OF_EVIDENCE
from .explanations import KEYS_OF_AN_EXPLANATION
from .gaps import KEYS_OF_A_GAP
from .machine import JSON_SCHEMA_VERSION, KEYS, KEYS_OF_A_NUMBER, KEYS_OF_A_SERIES
from .presets.card import FOUND, KEYS_OF_A_CARD, KEYS_OF_CARDS
from .presets.machine import KEYS_OF_A_PRESET, KEYS_OF_A_STATEMENT, KEYS_OF_PRESETS
from .screening import KEYS_OF_A_SCREENING
from .studies import KEYS_OF_A_PLAN, KEYS_OF_FOUND

HEAD = ("column", "type", "unit", "meaning", "empty when")
TITLE = f"""\
# Data

What `salesim run` leaves in a results folder and what `Results` gives in Python. This page is generated
from the code by `python docs/generate.py`.

## Tables

Each table is a Parquet file of a results folder and, under the same name, a pandas frame:
`weeks.parquet` holds exactly what `results.weeks` shows. The Arrow table behind both, whose columns
carry unit and meaning, is `results.arrow("weeks")`. Each file says `salesim_schema_version`, now
{SCHEMA_VERSION}.

All tables hold weeks of the plan only. `plan_week` counts them from 0; `week`, like every other week of
the calendar, counts from the start of the burn-in. Rows are in the order of replicates.
"""

THE_PROMISE = """\
### The promise by week

`contribution` charges the variable pay of its run. The promise is full execution with pay at the
on-target rate instead, times one plus optimism:

```python
from salesim import load_scenario, simulate

results = simulate(load_scenario("typical_firm"), replicates=2)
full = results.weeks[results.weeks["run"] == "full_execution"]
costs = full["unit_cost"] + full["serving_cost"] + full["on_target_pay"]
promised = (1 + full["optimism"]) * (full["revenue"] - costs)
print(promised.groupby(full["replicate"]).sum())
```
"""

SWEEPS = """\
## The folder of a sweep

`salesim sweep` leaves the manifest, `points.parquet`, and parts of tables that are written once and never
changed: the name of a part holds digits of its content. Tables that the study asks for (such as `weeks/`)
have the columns described above with `run_id` in front. `damaged/` holds parts that were not what had been
written, `figures/` the figures. `open_results(folder)` in Python and `salesim runs` read it.
"""

POINTS_OF = """\
### points

`points.parquet`, `sweep.points`. A row for each firm; between `policy` and `firm` stands a column for each
number that is moved, called by its path.
"""

RUNS_OF = """\
### runs

`runs/part-*.parquet`. A row for each run, with every outcome of the company beside these columns; a series
is a list. `sweep.runs` has what was moved, and the outcomes that are numbers.
"""

FAILED_OF = """\
### failed

`failed/part-*.parquet`, `sweep.failed`. A row for each run that failed. The files keep failures that a
later attempt has mended; `sweep.failed` leaves them out.
"""

COALITIONS_OF = """\
### coalitions

`coalitions/part-*.parquet`, `sweep.table("coalitions")`. A row for each run that `salesim gap` splits and
each coalition of causes: what the plan earns with these at their ideal and quotas as they were. Where
orders are drawn, the table is called by how many pairs of them, such as `coalitions_along_2`.
"""

OUTCOMES = """\
## Outcomes

Every outcome is declared once with unit, direction and meaning. A share lies between 0 and 1, a ratio
may pass 1. `results.measures` and `results.series` give those of the company with their ranges,
`results.values` replicate by replicate; `results.table(level)` gives the table that holds those of a
level.
"""


def data_page() -> str:
    """What stands in every file and frame, as one Markdown page."""
    generated = (*_outcomes(), *_keys(), *_sweeps(), *_gaps(), *_evidence(), *_presets())
    return "\n".join([TITLE, *_tables(), THE_PROMISE, OUTCOMES, *generated])


def _tables() -> Iterator[str]:
    for name, sheet in SHEETS.items():
        yield f"### {name}\n\n`{name}.parquet`, `results.{name}`. {sheet.rows}\n"
        columns = (REPLICATE, *sheet.columns)
        yield _table(HEAD, map(_column, columns))


def _column(column: Column) -> tuple[str, ...]:
    words = f" One of: {', '.join(f'`{word}`' for word in column.words)}." if column.words else ""
    return f"`{column.name}`", column.type, column.unit, column.meaning + words, column.undefined


def _outcomes() -> Iterator[str]:
    for theme, outcomes in THEMES.items():
        yield f"### Of the company: {theme}\n"
        yield _table(
            ("outcome", "unit", "better", "meaning", "series by", "not defined when"),
            ((*_outcome(o), o.index.name if o.index else "", o.undefined) for o in outcomes),
        )
    for level in LEVELS[1:]:
        yield f"### Of each {level}\n"
        yield _table(
            ("outcome", "unit", "better", "meaning", "not defined when"),
            ((*_outcome(o), o.undefined) for o in outcomes_of(level)),
        )


def _outcome(outcome: Outcome) -> tuple[str, ...]:
    return f"`{outcome.name}`", outcome.unit, outcome.better, outcome.meaning


def _keys() -> Iterator[str]:
    yield f"## {MANIFEST}\n\nWhat was run, with what, and when.\n"
    yield _key_table(MANIFEST_KEYS)
    yield "Of a run beside these:\n"
    yield _key_table(KEYS_OF_A_RUN)
    yield "Of a sweep:\n"
    yield _key_table(KEYS_OF_A_SWEEP)
    yield "Of evidence:\n"
    yield _key_table(KEYS_OF_JUDGED)
    yield (
        "## The object of `salesim run --json`\n\n"
        f"One object; `schema_version` is now {JSON_SCHEMA_VERSION}. Beside these keys it has each outcome "
        "of the company by its name.\n"
    )
    yield _key_table(KEYS)
    yield "An outcome that is a number has these keys, or is null where no replicate knows it:\n"
    yield _key_table(KEYS_OF_A_NUMBER)
    yield "One that is a series has lists, with null at places that no replicate knows:\n"
    yield _key_table(KEYS_OF_A_SERIES)


def _sweeps() -> Iterator[str]:
    yield SWEEPS
    points = (*PLACE, *WHAT_STANDS_THERE)
    for said, columns in ((POINTS_OF, points), (RUNS_OF, ADDRESS), (FAILED_OF, OF_A_FAILURE)):
        yield said
        yield _table(HEAD, map(_column, columns))
    yield "## The object of `salesim sweep --dry-run --json`\n"
    yield _key_table(KEYS_OF_A_PLAN)
    yield "## The object of `salesim sweep --json` and `salesim runs --json`\n"
    yield _key_table(KEYS_OF_FOUND)


def _gaps() -> Iterator[str]:
    yield COALITIONS_OF
    yield _table(HEAD, map(_column, COLUMNS))
    yield "## The object of `salesim gap --json`\n"
    yield _key_table(KEYS_OF_A_GAP)
    yield "## The list of `salesim gap --explain CAUSE --json`\n\nFor each cause an object:\n"
    yield _key_table(KEYS_OF_AN_EXPLANATION)
    yield "## The object of `salesim compare --json`\n"
    yield _key_table(KEYS_OF_A_COMPARISON)
    yield "## The object of `salesim screen --json`\n"
    yield _key_table(KEYS_OF_A_SCREENING)
    yield "## The object of `salesim calibrate --json`\n"
    yield _key_table(KEYS_OF_A_CALIBRATION)


def _evidence() -> Iterator[str]:
    yield "## The object of `salesim evidence --json`\n\nIn the folder it is `evidence.json`.\n"
    yield _key_table(KEYS_OF_EVIDENCE)
    for said, keys in (
        ("`targets`", KEYS_OF_A_TARGET),
        ("`measures`", KEYS_OF_A_MEASURE),
        ("`curves`", KEYS_OF_A_CURVE),
    ):
        yield f"Each object of {said}:\n"
        yield _key_table(keys)


def _presets() -> Iterator[str]:
    yield "## The object of `salesim presets --json`\n"
    yield _key_table(KEYS_OF_CARDS)
    yield "Each object of `presets`:\n"
    yield _key_table(KEYS_OF_A_CARD | FOUND)
    yield "## What is kept of all firms with a card\n"
    yield "`make presets` writes `experiments/presets/found/presets.json`.\n"
    yield _key_table(KEYS_OF_PRESETS)
    for said, keys in (("`presets`", KEYS_OF_A_PRESET), ("`statements`", KEYS_OF_A_STATEMENT)):
        yield f"Each object of {said}:\n"
        yield _key_table(keys)


def _key_table(keys: Mapping[str, str]) -> str:
    return _table(("key", "meaning"), ((f"`{key}`", meaning) for key, meaning in keys.items()))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table, and an empty line after it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
