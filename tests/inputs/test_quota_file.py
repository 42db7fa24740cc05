"""Quotas from a file: what its rows become, and what is refused, with file and row."""

from __future__ import annotations

import os
from datetime import date, timedelta

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.make.scenario_schema import policy_schema, scenario_schema
from salesim.errors import ScenarioError
from salesim.inputs.delta import delta_of
from salesim.inputs.differences import differences
from salesim.inputs.load import load_scenario
from salesim.inputs.scenario_file import whole_scenario
from salesim.inputs.toml import LARGEST_FILE
from salesim.model.calendar import week_of_month
from salesim.model.scenario import Scenario
from tests.messages import Message, message_of
from tests.rules.worked import worked_cases, worked_out

HEAD = "seller,start,quota\n"
TOML = '[quotas]\nfile = "quotas.csv"\n'
SMALL = "[organisation]\nheadcount = 3\nspan_of_control = 3\naccounts = 30\n"


@pytest.fixture
def firm(tmp_path):
    """A firm whose quotas are in a file of this text."""

    def written(text: str, toml: str = TOML + SMALL, **how):
        (tmp_path / "quotas.csv").write_text(text, encoding=how.pop("encoding", "utf-8"))
        (tmp_path / "firm.toml").write_text(toml, encoding="utf-8")
        return load_scenario(tmp_path / "firm.toml", **how)

    return written


def refused(firm, *said, **how) -> Message:
    """The one line that says what is wrong."""
    with pytest.raises(ScenarioError) as caught:
        firm(*said, **how)
    (line,) = str(caught.value).splitlines()
    return message_of(line)


def rows_of(case: str) -> str:
    return HEAD + "".join(",".join(row.split()) + "\n" for row in case.split(";"))


def periods_of(case: str) -> list[tuple]:
    found = []
    for period in case.split(";"):
        when, *quotas = period.split()
        found.append((*map(int, when.split("+")), tuple(map(float, quotas))))
    return found


@pytest.mark.parametrize("case", worked_cases("given_quotas.csv"))
def test_a_file_becomes_periods_as_the_case_says(firm, case):
    found = firm(rows_of(case["file"])).given_quotas
    assert [(each.start, each.weeks, each.quotas) for each in found] == periods_of(case["quotas"])
    first = found[0].quotas[0] / found[0].weeks * found[0].weeks
    assert worked_out(case["arithmetic_of_the_first"]) == pytest.approx(first, rel=1e-12)


@st.composite
def files(draw) -> tuple[str, list[list[float]]]:
    """A file of quarters with and without a header, and the quotas of each seller, from the first on."""
    sellers = draw(st.integers(1, 3))
    quotas = draw(
        st.lists(st.lists(st.floats(0.01, 1e9), min_size=sellers, max_size=sellers), min_size=1, max_size=6)
    )
    rows = []
    for quarter, several in enumerate(quotas):
        for seller, quota in enumerate(several):
            starts = date(2024 + (quarter * 3) // 12, 1 + (quarter * 3) % 12, 1)
            day = starts + timedelta(days=draw(st.integers(0, 2)))
            rows.append((f"s{seller}", f"{day}", repr(quota)))
    between = draw(st.sampled_from(["\t", ",", ";"]))
    if draw(st.booleans()):
        lines = [["Period start", "Rep", "Note", "Quota"], *([s, n, "", q] for n, s, q in rows)]
    else:
        lines = [[str(k), *row] for k, row in enumerate(rows)]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return end.join(between.join(line) for line in lines), quotas


@given(files())
def test_the_weeks_of_a_period_add_up_to_the_number_in_the_file(tmp_path_factory, file):
    text, quotas = file
    folder = tmp_path_factory.mktemp("given")
    (folder / "quotas.csv").write_text(text, encoding="utf-8")
    (folder / "firm.toml").write_text(TOML + SMALL + "weeks = 104\n", encoding="utf-8")
    scenario = load_scenario(folder / "firm.toml")
    o = scenario.organisation
    by_week = scenario.given_by_week().reshape(-1, o.headcount)[o.burn_in_weeks :] / 52.0
    for quarter, several in enumerate(quotas):
        asked = by_week[13 * quarter : 13 * (quarter + 1), : len(several)].sum(axis=0)
        assert asked == pytest.approx(several, rel=1e-9)
    assert not by_week[13 * len(quotas) :].any()


def test_a_header_may_have_other_columns_and_a_mark_of_its_encoding(firm):
    text = "Id;Rep;Period start;Quota\n9;a;2026-01-01 00:00:00;100\n"
    assert firm(text, encoding="utf-8-sig").given_quotas[0].quotas == (100.0,)


@pytest.mark.parametrize(
    ("row", "what", "given"),
    [
        ("a,2026-04-01,-100", "quota", "'-100'"),
        ("a,2026-04-01,0", "quota", "'0'"),
        ("a,2026-04-01,much", "quota", "'much'"),
        ("a,2026-04-01,nan", "quota", "'nan'"),
        ("a,2026-04-01,1_000", "quota", "'1_000'"),
        ("a,2026-04-01,1e13", "quota", "'1e13'"),
        ('a,2026-04-01,"28,000"', "quota", "'28,000'"),
        ("a,30.11.2026,100", "start", "'30.11.2026'"),
        ("a,2026-01-15,100", "start", "'2026-01-15'"),
        ("a,2026-01-02,100", "start", "'2026-01-02'"),
        (",2026-04-01,100", "seller", None),
        ("a,2026-04-01,100,1", "", "4"),
        ("a,2026-04-01", "", "2"),
    ],
)
def test_a_row_that_is_no_quota_is_refused_with_its_place(firm, tmp_path, row, what, given):
    said = refused(firm, f"{HEAD}a,2026-01-01,100\n\n{row}\n")
    assert said.place == tuple(filter(None, (f"{tmp_path / 'quotas.csv'}:4", what)))
    assert said.given == given


def test_gaps_and_overlaps_are_refused(firm, tmp_path):
    steady = "".join(f"b,2026-{month:02}-01,5\n" for month in (1, 4, 7))
    gap = refused(firm, f"{HEAD}{steady}a,2026-01-01,5\na,2026-07-01,5\n")
    assert (gap.place[0], gap.given) == (f"{tmp_path / 'quotas.csv'}:6", "'2026-07-01'")
    overlap = refused(firm, f"{HEAD}{steady}a,2026-02-01,5\na,2026-05-01,5\n")
    assert (overlap.place[0], overlap.given) == (f"{tmp_path / 'quotas.csv'}:5", "'2026-02-01'")


@pytest.mark.parametrize(
    "text",
    ["", HEAD, "a,2026-01-01,100\n", "seller,rep,start,quota\n", f'{HEAD}"a,2026-01-01,1\n'],
)
def test_what_is_no_table_of_quotas_is_refused(firm, tmp_path, text):
    assert refused(firm, text).place[0].startswith(str(tmp_path / "quotas.csv"))


def test_more_sellers_than_seats_are_refused_at_the_row_of_the_first_too_many(firm, tmp_path):
    said = refused(firm, HEAD + "".join(f"s{k},2026-01-01,{k + 1}\n" for k in range(5)))
    assert said.place == (f"{tmp_path / 'quotas.csv'}:5", "given_quotas.0.quotas.3")
    assert (said.given, said.allowed) == ("5", "at most 3 (organisation.headcount)")


@pytest.mark.parametrize(
    "name", ['"../quotas.csv"', '"/etc/passwd"', '""', '"sub/../../quotas.csv"', "3", "[]"]
)
def test_a_path_that_leads_out_of_the_folder_is_refused(firm, tmp_path, name):
    said = refused(firm, HEAD, f"[quotas]\nfile = {name}\n")
    assert said.place[0].startswith(str(tmp_path / "firm.toml"))


def test_links_pipes_folders_and_files_that_are_too_large_are_refused(firm, tmp_path):
    said = refused(firm, HEAD + "a,2026-01-01,1\n" * (LARGEST_FILE // 15))
    assert said.place[0] == str(tmp_path / "quotas.csv")
    path = tmp_path / "quotas.csv"
    for make in (os.mkfifo, os.mkdir, lambda path: os.symlink("/etc/passwd", path), lambda _: None):
        path.unlink(missing_ok=True) if not path.is_dir() else path.rmdir()
        make(path)
        with pytest.raises(ScenarioError) as caught:
            load_scenario(tmp_path / "firm.toml")
        (line,) = str(caught.value).splitlines()
        assert str(tmp_path) in line


def test_a_file_stands_in_a_file_and_not_beside_given_quotas(firm, tmp_path):
    row, given_too = HEAD + "a,2026-01-01,100\n", "[[given_quotas]]\nstart = 0\nweeks = 13\nquotas = [1]\n"
    assert refused(firm, row, TOML + given_too).place == (f"{tmp_path / 'firm.toml'}:2", "quotas.file")
    said = refused(firm, row, settings={"quotas.file": "quotas.csv"})
    assert (said.place, said.given) == (("settings", "quotas.file"), "'quotas.csv'")


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        ("[given_quotas]\nstart = 0\n", "given_quotas.start"),
        ("given_quotas = 3\n", "given_quotas"),
        ("[[given_quotas]]\nstart = 0\nweeks = 13\nquotas = [1, -1]\n", "given_quotas.0.quotas.1"),
        ("[[given_quotas]]\nstart = 0\nweeks = 13\nquotas = []\n", "given_quotas.0.quotas"),
        ("[[given_quotas]]\nstart = 0\nweeks = 0\nquotas = [1]\n", "given_quotas.0.weeks"),
        (
            "[[given_quotas]]\nstart = 0\nweeks = 13\nquotas = [1]\n"
            "[[given_quotas]]\nstart = 12\nweeks = 13\nquotas = [1]\n",
            "given_quotas.1.start",
        ),
    ],
)
def test_given_quotas_that_are_none_are_refused(firm, toml, place):
    assert refused(firm, HEAD, toml).place[-1] == place


def test_a_lever_of_planned_quotas_that_can_never_act_is_refused(firm):
    all_given = SMALL + "weeks = 26\n[[given_quotas]]\nstart = 0\nweeks = 26\nquotas = [1, 2, 3]\n"
    dated = '[[dated]]\nlever = "quotas.quota_ratchet"\nvalue = 0.5\nstart = 3\n'
    assert firm(HEAD, all_given).given_quotas
    assert firm(HEAD, all_given.replace(", 3", "") + dated).dated
    assert refused(firm, HEAD, all_given + dated).place[-1] == "quotas.quota_ratchet"


def test_how_many_are_given_is_said_once(firm, recwarn):
    scenario = firm(HEAD + "a,2026-01-01,100\nb,2026-01-01,100\n")
    load_scenario(scenario, {"payout.bonus": 1.0})
    (said,) = [str(each.message) for each in recwarn if "quotas" in str(each.message)]
    assert "2 of 3 seats" in said


def test_a_policy_may_give_quotas_and_a_later_one_takes_their_place(firm, tmp_path):
    scenario = firm(HEAD + "a,2026-01-01,100\n")
    (tmp_path / "policy.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "quotas.csv").write_text(HEAD + "a,2026-01-01,7\n", encoding="utf-8")
    changed = load_scenario(scenario, tmp_path / "policy.toml")
    assert changed.given_quotas[0].quotas == (7.0,)
    assert [each.path for each in differences(scenario, changed)] == ["given_quotas"]


def test_a_firm_with_given_quotas_survives_being_written_and_read(firm, tmp_path):
    scenario = firm(HEAD + "a,2026-01-01,100.25\nb,2026-04-01,7\n")
    (tmp_path / "whole.toml").write_text(whole_scenario(scenario), encoding="utf-8")
    assert load_scenario(tmp_path / "whole.toml") == scenario
    assert Scenario.model_validate(scenario.model_dump()) == scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_the_schemas_take_what_is_given(firm):
    said = delta_of(firm(HEAD + "a,2026-01-01,100\n")).values["given_quotas"]
    for schema in (scenario_schema(), policy_schema()):
        jsonschema.validate({"given_quotas": said, "quotas": {"file": "quotas.csv"}}, schema)


def test_months_are_weeks_of_a_quarter():
    assert [week_of_month(month) for month in (0, 1, 2, 3, 12)] == [0, 4, 8, 13, 52]
