"""What is wrong with a layer by itself: unknown paths, what policies cannot touch, tables that are none."""

from __future__ import annotations

from ..messages import nearest
from .cards import check_card, check_misplaced_card, is_of_a_card
from .dates import ALLOWED, check_entry
from .declared import declared_values, group_names
from .delta import CARD, DATED, GIVEN, PLANS, QUOTA_FILE, RULES, TEXTS
from .group_plans import A_PLAN, check_plan
from .toml import Written

A_PATH = "a path of the scenario, such as pay.margin_weight"
A_RULE = "a text such as my_module:my_price"
LISTS = {
    DATED: ALLOWED,
    GIVEN: f"tables [[{GIVEN}]] with start, weeks and quotas",
    PLANS: A_PLAN,
}
ENTRIES = {DATED: check_entry, PLANS: check_plan}


def check_scenario(written: Written) -> None:
    """Take note of what no scenario can say."""
    _check_paths(written)
    _check_entries(written)
    check_card(written)


def check_settings(written: Written) -> None:
    """Take note of what no settings can say."""
    _check_paths(written)
    _check_entries(written)
    check_misplaced_card(written)


def check_policy(written: Written) -> None:
    """Take note of what no policy can say: it touches levers only (title and description aside)."""
    known = declared_values()
    for path in written.values:
        if path.startswith(RULES):
            wrong = "is a rule, and a policy changes levers only"
            written.reject(path, wrong, allowed="in a scenario")
        elif path in known and known[path].kind != "lever":
            number = known[path]
            wrong = f"is a {number.kind}, and a policy changes levers only"
            levers = [n.path for n in known.values() if (n.kind, n.group) == ("lever", number.group)]
            allowed = ", ".join(levers) or "levers of other groups"
            written.reject(path, wrong, given=written.values[path], allowed=allowed)
    check_settings(written)


def _check_paths(written: Written) -> None:
    """Refuse every path that no number was declared for."""
    known = {*TEXTS, *LISTS, *declared_values()}
    tables = dict.fromkeys(group_names(), "a table") | {
        RULES.rstrip("."): f"a table [rules], each {A_RULE}"
    }
    for path, value in written.values.items():
        group, _, name = path.partition(".")
        if path in known or is_of_a_card(path):
            continue
        if path.startswith(RULES):
            if not isinstance(value, str):
                written.reject(path, "wrong type", given=value, allowed=A_RULE)
        elif path == QUOTA_FILE:
            allowed = f"in the file of a scenario or policy, or {GIVEN}"
            written.reject(path, "cannot stand here", given=value, allowed=allowed)
        elif group in LISTS or path in tables:
            written.reject(path, "wrong type", given=value, allowed=tables.get(path) or LISTS[group])
        else:
            near = "" if written.problems.full else _near(path, group, name)
            written.reject(path, "unknown key", allowed="" if near else A_PATH, near=near)


def _near(path: str, group: str, name: str) -> str:
    """The path that was meant: within its group if there is one of that name, or the group itself."""
    known = list(declared_values())
    inside = [p.partition(".")[2] for p in known if p.startswith(f"{group}.")]
    if near := nearest(name, inside):
        return f"{group}.{near}"
    texts = [] if name else [*group_names(), *TEXTS, *LISTS, CARD]
    return nearest(path, texts) or nearest(path, known)


def _check_entries(written: Written) -> None:
    """Refuse dated levers and pay plans that are none, or whose values would not do from the start."""
    for name, check in ENTRIES.items():
        entries = written.values.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            written.reject(name, "wrong type", given=entries, allowed=LISTS[name])
            continue
        for number, entry in enumerate(entries):
            check(entry, f"{name}.{number}", written)
