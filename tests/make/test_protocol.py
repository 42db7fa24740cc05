"""The ODD protocol says what the code says: its tables, its equations, and the names in its prose."""

import ast
import inspect
import math
import random
import re
from collections import Counter
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

from docs.make.protocol import blocks, reach
from docs.make.protocol.equations import arguments_of, constants_of, equation
from docs.make.protocol.page import odd_page, processes_page, written_by_hand
from salesim.inputs.declared import declared_numbers, declared_values, group_names
from salesim.inputs.rivals import rule_functions
from salesim.model import books, columns, luck, state
from salesim.model.scenario import Scenario, is_group
from salesim.outcomes import OUTCOMES
from salesim.rules.knots import Lines, Terms
from salesim.rules.payout import Payout
from salesim.runs.causes import CAUSES

REPOSITORY = Path(__file__).parent.parent.parent
PAGE = (REPOSITORY / "docs" / "odd.md").read_text(encoding="utf-8")
PROSE = written_by_hand(PAGE)
NAMED = set(re.findall(r"`([^`\n]+)`", PROSE))
RULES = {
    path: rule for path, rule in rule_functions().items() if path.partition(".")[0] not in blocks.NO_RULES
}
KINDS = (*blocks.AGENTS, *blocks.OTHERS, *blocks.RECORDS)
MODEL = sorted((REPOSITORY / "src" / "salesim" / "model").rglob("*.py"))
IDEALS = {c.switch for c in CAUSES if c.switch}


# What is written by hand


def test_every_phase_entity_rule_file_and_cause_is_named_where_a_human_wrote():
    assert set(reach.steps()) - NAMED == set(), "say in section 3 of docs/odd.md what happens in these"
    assert {kind.__name__ for kind in KINDS} - NAMED == set(), (
        "say in section 2 of docs/odd.md what these are"
    )
    assert set(blocks.homes()) - NAMED == set(), "say in section 4 of docs/odd.md what these rules rest on"
    assert {c.name for c in CAUSES if c.name not in " ".join(PROSE.split())} == set(), (
        "name these in section 1"
    )


def test_every_name_in_the_prose_is_one():
    """A rule, number, step, entity, outcome or function of that name exists, or it is notation of the page."""
    functions = {f.__name__ for f in reach.processes()}
    numbers = {name for path in declared_numbers() for name in (path, path.partition(".")[2])}
    known = {
        *RULES,
        *blocks.homes(),
        *numbers,
        *functions,
        *(k.__name__ for k in KINDS),
        *(o.name for o in OUTCOMES),
    }
    notation = {
        "ln",
        "floor",
        "x div y",
        "**",
        "is",
        "t",
        "k",
        "person",
        "python -m docs.make pages",
        "experiments/evidence/",
        "hours_per_week * selling_time_share",
    }
    assert NAMED - known - notation == set()
    assert (REPOSITORY / "experiments" / "evidence").is_dir()


def test_prose_with_a_name_that_is_gone_would_be_noticed():
    """The names come from the page, so a name that the code gave up stays in it until somebody mends it."""
    assert {
        "communicate",
        "Rep",
        "discounting",
        "quotas.shadow_cost",
        "planning.tempered_optimism",
    } <= NAMED


@pytest.mark.parametrize(
    "concept",
    [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ],
)
def test_each_of_the_eleven_design_concepts_has_a_heading(concept):
    assert len(re.findall(rf"^### {concept}", PROSE, re.M)) == 1


@pytest.mark.parametrize(
    "part",
    [
        "theoretical and empirical background",
        "individual decision making",
        "Learning",
        "individual sensing",
        "individual prediction",
        "Interaction",
        "Collectives",
        "Heterogeneity",
        "Stochasticity",
        "Observation",
    ],
)
def test_each_part_on_decisions_has_a_heading(part):
    assert re.search(rf"^### .*{part}", PROSE, re.M)


def test_the_seven_elements_stand_in_their_order():
    assert re.findall(r"^## (\d)", PAGE, re.M) == list("1234567")


# What is generated


def rows(block: str) -> list[list[str]]:
    """Cells of all rows of the tables of a block, as they stand in the page."""
    text = re.search(rf"<!-- generated: {block} -->(.*?)<!-- end of {block} -->", PAGE, re.S)
    assert text is not None
    lines = [
        line for line in text[1].splitlines() if line.startswith("| ") and not line.startswith("| ---")
    ]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_every_rule_is_listed_once_with_its_arguments_and_first_sentence():
    listed = [re.fullmatch(r"`(\w+\.\w+)`\((.*)\)", row[0]) for row in rows("submodels")]
    found = {m[1]: row for m, row in zip(listed, rows("submodels"), strict=True) if m}
    assert Counter(m[1] for m in listed if m) == Counter(list(RULES))
    for path, rule in RULES.items():
        assert found[path][0].endswith(f"({', '.join(arguments_of(rule))})"), path
        assert found[path][1].startswith(
            inspect.getdoc(rule).partition("\n")[0].strip().replace("|", "\\|")
        ), path
        assert PAGE.count(f"\n{equation(rule)}\n") == 1, path


def test_every_number_is_listed_once_under_its_submodel():
    listed = Counter(row[0].strip("`") for row in rows("submodels") if len(row) == 9 and row[0] != "number")
    assert listed == Counter(path.partition(".")[2] for path in declared_values())


def test_every_state_variable_is_listed_with_unit_and_meaning():
    listed = iter(row for row in rows("variables") if row[0] != "variable")
    for kind in KINDS:
        for column in fields(kind):
            name, meaning, unit, _, _ = next(listed)
            assert (name, meaning, unit) == (
                f"`{column.name}`",
                column.metadata["meaning"],
                column.metadata["unit"],
            )
    assert next(listed, None) is None


def test_every_kind_of_entity_and_record_of_the_model_is_described():
    assert set(reach.tables().values()) - {int, float} == set(KINDS)


def test_every_phase_purpose_and_cause_has_a_row():
    assert [row[1].strip("`") for row in rows("schedule")[1:]] == list(reach.steps())
    assert {row[0].strip("`") for row in rows("purposes")[1:]} == set(luck.PURPOSES)
    assert [row[1] for row in rows("causes")[1:]] == [c.name for c in CAUSES]


# What it is read from


def test_no_change_of_state_escapes_whoever_reads_the_code():
    assert {f.__name__: reach.unknown_writes(f) for f in reach.processes() if reach.unknown_writes(f)} == {}
    unset = {
        (kind.__name__, c) for kind in KINDS for c in columns.names(kind) if (kind, c) not in reach.set_in()
    }
    dates = {"rules_end", "rules_known", "quotas_begin"}  # which stand in the scenario
    assert unset == {("Keeping", name) for name in {"every_deal", "quotas_given", *dates}}


def test_every_draw_in_the_sources_is_found():
    called = re.compile(r"\b(?:draws|uniform)\(\s*firm\.luck,.*?\b([A-Z_]+)\s*\)", re.S)
    there = Counter(name for path in MODEL for name in called.findall(path.read_text(encoding="utf-8")))
    assert Counter(draw.purpose for draw in reach.draws()) == there


def test_every_ideal_acts_somewhere():
    assert {switch for switch in IDEALS if not reach.where_ideal(switch)} == set()


def test_a_column_is_set_where_it_is():
    assert reach.set_in()[state.Rep, "ability"] == ["initialise", "open_week", "plan", "staff"]
    assert reach.set_in()[state.Customer, "units"] == ["initialise", "decide"]
    assert reach.set_in()[books.Deal, "price"] == ["quote"]


# What the equations compute


def python_of(text: str) -> str:
    """The text of a rule as Python again."""
    head, *lines = text.splitlines()
    found = [f"def {head}:"]
    for line in lines:
        line = re.sub(r"(\w+) times:", r"for _ in range(\1):", line)
        line = re.sub(r"for (\w+) from (.+) to below (.+):", r"for \1 in range(\2, \3):", line)
        line = line.replace("otherwise if ", "elif ").replace("otherwise:", "else:")
        found.append(line.replace(" is ", " == ").replace(" div ", " // ").replace(" mod ", " % "))
    return "\n".join(found)


def told(rule, given: dict[str, float], firm: Scenario) -> list:
    """The arguments of a rule: the groups that it takes, and what it is given."""
    kinds = {type(getattr(firm, group)): getattr(firm, group) for group in group_names()}
    said = inspect.signature(rule, eval_str=True).parameters.values()
    return [kinds[p.annotation] if is_group(p.annotation) else given[p.name] for p in said]


def as_text(rule, firm: Scenario):
    """The rule as its text in the page says it."""
    module = import_module(rule.__module__)
    names = {
        "ln": math.log,
        "sqrt": math.sqrt,
        "floor": math.floor,
        "erfc": math.erfc,
        "pi": math.pi,
        "exp": math.exp,
        "max": max,
        "min": min,
        "yes": True,
        "no": False,
        **vars(import_module("salesim.rules.arithmetic")),
    }
    for name, value in vars(module).items():
        if name in arguments_of(rule):
            continue
        if inspect.isfunction(value):
            names[name] = lambda *given, value=value: value(
                *told(value, dict(zip(arguments_of(value), given, strict=True)), firm)
            )
        elif isinstance(value, int | float) or value is Terms:
            names[name] = value
    for group in (
        g
        for g in group_names()
        if any(
            is_group(k) and isinstance(getattr(firm, g), k)
            for k in (p.annotation for p in inspect.signature(rule, eval_str=True).parameters.values())
        )
    ):
        names |= {
            name: getattr(getattr(firm, group), name) for name in type(getattr(firm, group)).model_fields
        }
    exec(python_of(equation(rule)).replace(f"def {rule.__name__}(", "def said(", 1), names)
    return names["said"]


DRAWN = {
    float: lambda dice: dice.choice((0.0, 1.0, dice.uniform(0.05, 0.95), dice.uniform(1.0, 60.0))),
    int: lambda dice: dice.randint(0, 5),
    bool: lambda dice: dice.random() < 0.5,
    Lines: lambda dice: (
        Payout(
            threshold=dice.random(), accelerator=dice.uniform(0.0, 4.0), cap=dice.uniform(1.0, 3.0)
        ).by_period
    ),
    Terms: lambda dice: Terms(
        dice.choice((0.0, 30.0)), dice.random(), dice.random(), dice.uniform(0.0, 60.0)
    ),
}


def outcome_of(function, arguments):
    try:
        found = function(*arguments)
        return TypeError if isinstance(found, complex) else found
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        return type(error)


@pytest.mark.parametrize("path", RULES)
def test_the_text_of_a_rule_computes_what_the_rule_computes(path):
    rule, firm, dice = RULES[path], Scenario(), random.Random(path)
    said, kinds = (
        as_text(rule, firm),
        {p.name: p.annotation for p in inspect.signature(rule, eval_str=True).parameters.values()},
    )
    for _ in range(30):
        given = {name: DRAWN[kinds[name]](dice) for name in arguments_of(rule)}
        expected = outcome_of(rule, told(rule, given, firm))
        found = outcome_of(said, list(given.values()))
        same = found == expected or (
            not isinstance(expected, type) and found == pytest.approx(expected, rel=1e-12)
        )
        assert same, (given, found, expected)


def test_a_text_that_differed_would_be_noticed():
    text = equation(RULES["acceptance.buy_in_level"])
    assert "1 - contradiction * (1 - margin_weight)" in text
    assert ast.parse(python_of(text))
    assert python_of(
        "f(x)\n    if x is 2: return no\n    STEPS times:\n        x = x div 2"
    ).splitlines() == [
        "def f(x):",
        "    if x == 2: return no",
        "    for _ in range(STEPS):",
        "        x = x // 2",
    ]


def test_constants_are_those_that_a_file_names():
    assert constants_of(import_module("salesim.rules.regime")) == {
        "LIST_ONLY": 0,
        "DELEGATED": 1,
        "GUIDED": 2,
        "BOUNDED": 3,
    }


# Filling the page


def test_what_is_written_by_hand_stays_and_what_is_generated_is_renewed():
    stale = PAGE.replace("| tick | 1 | week |", "| tick | 2 | months |").replace(
        "**Purpose.**", "**Our purpose.**"
    )
    assert odd_page(stale) == PAGE.replace("**Purpose.**", "**Our purpose.**")


def test_a_block_that_is_missing_or_unknown_is_refused():
    for wrong in (
        PAGE.replace("generated: scales", "generated: scale"),
        written_by_hand(PAGE),
        PAGE + PAGE,
    ):
        with pytest.raises(ValueError, match="wanted is each of patterns, entities"):
            odd_page(wrong)


def test_every_process_stands_once_among_the_processes():
    page = processes_page()
    for each in reach.processes():
        assert page.count(f"\n{equation(each)}\n") == 1, each.__name__
