"""Values that are allowed and yet far from plausible give one warning each, and honest ones none."""

import json
import re
import warnings

import pytest

from salesim import Scenario, load_scenario, simulate
from salesim.errors import ImplausibleWarning, ScenarioError
from salesim.evidence.target import read_target, targets
from salesim.inputs.axes import read_levers, read_uncertainties
from salesim.inputs.declared import declared_numbers
from salesim.inputs.plausible import planned_quota
from salesim.inputs.shipped import shipped_policies, shipped_scenarios, shipped_studies
from salesim.inputs.toml import read_mapping
from salesim.rules.needs import Needs
from salesim.runs.exec import Exec
from salesim.runs.mesa_model import SalesModel
from salesim.runs.reading import load_study
from tests.firms import simulated, small_firm

NUMBERS = declared_numbers()


def warned(act, *arguments):
    """What is warned of: the numbers, their values, and what was probably meant."""
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always", ImplausibleWarning)
        act(*arguments)
    found = [
        re.match(r"(\S+) = (\S+) is far .*?(?:did you mean (\S+) .*)?$", str(n.message))
        for n in notes
        if "target incentive" not in str(n.message)  # said of pay as a whole, below
    ]
    assert all("\n" not in str(note.message) for note in notes)
    return [each.groups() for each in found]


def under(settings):
    return load_scenario("typical_firm", None, settings)


@pytest.mark.parametrize(
    ("path", "value", "meant"),
    [
        ("needs.rate", 2.4, "0.0462"),
        ("pay.target_pay", 150.0, "150000"),
        ("pay.target_pay", 12_500.0, "150000"),
        ("leaving.turnover", 0.02, "0.24"),
        ("leaving.turnover", 0.006, "0.312"),
        ("reviews.effect", 0.9, "0.009"),
        ("communication.half_life", 1.0, "52"),
        ("needs.deal_units", 1.1, "1100"),
        ("regime.list_price_change", 500.0, None),
        ("market.unit_cost", 0.1, None),
    ],
)
def test_a_value_far_from_plausible_gives_one_warning_and_what_was_probably_meant(path, value, meant):
    ((name, given, near),) = warned(under, {path: value})
    assert (name, float(given.replace(",", "")), near) == (path, value, meant)


def test_what_is_plausible_at_three_times_or_a_third_and_what_is_nothing_give_none():
    for path, number in NUMBERS.items():
        low, high = number.sweep
        if low >= 0.0 and not number.modes and number.type is float:
            ends = [min(3.0 * high, number.high), max(low / 3.0, number.low), number.low or 0.0]
            for value in ends[: 3 if number.low == 0.0 else 2]:
                assert number.low <= value <= number.high
                assert path not in str(warned(read_uncertainties, said(path, [value])))


def said(path, values, table="uncertainties"):
    return read_mapping("study", {f"{table}.{path}": values})


def test_a_number_with_a_range_below_zero_is_far_where_it_is_farther_than_the_range_is_wide():
    assert not warned(under, {"regime.list_price_change": 30.0})
    assert warned(under, {"regime.list_price_change": 30.1})


def test_the_size_of_a_firm_and_the_length_of_its_plan_are_never_implausible():
    assert not warned(
        under, {"organisation.headcount": 3, "organisation.accounts": 9, "organisation.weeks": 9}
    )


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_give_none(name):
    assert not warned(load_scenario, name)


@pytest.mark.parametrize("name", shipped_policies())
def test_shipped_policies_give_none(name):
    assert not warned(load_scenario, "typical_firm", name)


@pytest.mark.parametrize("name", shipped_studies())
def test_shipped_studies_give_none(name):
    assert not warned(load_study, name)


@pytest.mark.parametrize("name", targets())
def test_published_findings_give_none(name):
    assert not warned(read_target, targets()[name])


def test_ranges_that_are_plausible_give_none():
    values = {f"uncertainties.{p}": "plausible" for p, n in NUMBERS.items() if n.kind != "lever"}
    written = read_mapping("study", {**values, "uncertainties.samples": 2})
    assert not warned(read_uncertainties, written)


def test_values_that_a_study_moves_are_warned_of_once_a_number():
    assert warned(read_uncertainties, said("needs.rate", [0.08, 2.4, 3.0])) == [
        ("needs.rate", "3", "0.0577")
    ]
    assert len(warned(read_levers, said("pay.target_pay", [150.0, 151.0], "levers"))) == 1
    ranged = read_mapping("study", {"uncertainties.needs.rate": {"from": 0.1, "to": 5.0}})
    ranged.values["uncertainties.samples"] = 9
    assert warned(read_uncertainties, ranged) == [("needs.rate", "5", "0.0962")]


def test_policies_dated_levers_and_firms_made_in_python_are_looked_at_too():
    low = {"lever": "pay.target_pay", "value": 150.0, "start": 3}
    assert warned(load_scenario, "typical_firm", {"dated": [low]}) == [("pay.target_pay", "150", "150000")]
    firm = Scenario(needs=Needs(rate=2.4))
    assert [path for path, *_ in warned(load_scenario, firm)] == ["needs.rate"]


def test_a_firm_that_is_read_again_is_not_warned_of_again():
    for firm in (under({"needs.rate": 2.4}), Scenario(needs=Needs(rate=2.4))):
        warned(load_scenario, firm)
        assert warned(load_scenario, firm, {"pay.target_pay": 150.0}) == [
            ("pay.target_pay", "150", "150000")
        ]


def test_simulating_a_tiny_firm_of_python_warns():
    firm = Scenario.model_validate(
        {
            "needs": {"rate": 2.4},
            "organisation": {"headcount": 3, "accounts": 9, "weeks": 13, "burn_in_weeks": 0},
        }
    )
    with pytest.warns(ImplausibleWarning, match=r"^needs\.rate = 2\.4 "):
        simulate(firm, replicates=1, how=Exec(engine="mesa"))
    assert not warned(SalesModel, firm)


@pytest.mark.parametrize("rest", [[], ["--json"]])
def test_a_command_says_it_once_on_standard_error_and_prints_the_same(run, rest, golden):
    code, out, err = run("params", "needs.rate", "--set", "needs.rate=2.4", *rest)
    assert (code, len(err.splitlines())) == (0, 1)
    if rest:
        assert [each["value"] for each in json.loads(out)["parameters"]] == [2.4]
    golden(err)


@pytest.mark.parametrize("written", ["18%", "'18 %'", '"18%"'])
def test_a_percent_is_rejected_with_what_to_write(written):
    with pytest.raises(ScenarioError, match=r"write 0\.18$"):
        under([f"regime.discount_authority={written}"])


@pytest.mark.parametrize("written", ["18 %  # of list", '"18%"'])
def test_a_percent_in_a_file_is_rejected_with_its_line(tmp_path, written):
    path = tmp_path / "firm.toml"
    path.write_text(f"title = 'Ours'\n[regime]\ndiscount_authority = {written}\n")
    with pytest.raises(ScenarioError, match=r"firm\.toml:3: regime\.discount_authority: .*write 0\.18$"):
        load_scenario(path)


def said_of_pay(*arguments):
    """What is warned of pay as a whole."""
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always", ImplausibleWarning)
        load_scenario(*arguments)
    return [str(n.message) for n in notes if "target incentive" in str(n.message)]


def test_pay_that_somebody_changes_is_held_against_the_target_incentive_with_its_arithmetic(golden):
    """The typical firm pays 44% more at its planned quota than its target incentive."""
    (said,) = said_of_pay("typical_firm", None, ["by_deal.per_deal=300"])
    golden(said)
    for change in ("payout.bonus=0", "pay.period_weeks=4", "by_deal.per_unit=0.1"):
        assert len(said_of_pay("typical_firm", None, [change])) == 1
    (said,) = said_of_pay("typical_firm", None, ["pay.pay_mix=0"])
    golden(said)


def test_nothing_is_said_where_pay_meets_the_target_or_is_as_it_was_shipped(tmp_path):
    quota = planned_quota(load_scenario("typical_firm"))
    for part, found in ((0.91, 0), (1.09, 0), (0.89, 1), (1.11, 1)):
        plan = ["payout.bonus=0", f"pay.commission_rate={60_000.0 * part / quota}"]
        assert len(said_of_pay("typical_firm", None, plan)) == found
    for shipped in shipped_policies():
        assert said_of_pay("typical_firm", shipped) == []
    for shipped in shipped_scenarios():
        assert said_of_pay(shipped) == []
    assert said_of_pay("typical_firm", None, ["approval.approval_leniency=0.3"]) == []
    assert said_of_pay("typical_firm", {"payout.bonus": 0.0}) == []
    with warnings.catch_warnings():
        warnings.simplefilter("error", ImplausibleWarning)
        load_study("quota_period_and_bonus")
    file = tmp_path / "ours.toml"
    file.write_text('extends = "typical_firm"\n[payout]\nbonus = 100.0\n')
    assert len(said_of_pay(file)) == len(said_of_pay("typical_firm", "margin_pay", ["payout.bonus=0"])) == 1
    file.write_text("[payout]\nbonus = 100.0\n")
    assert (
        len(said_of_pay("typical_firm", file)) == len(said_of_pay(load_scenario("typical_firm"), file)) == 1
    )


def test_the_planned_quota_is_the_mean_of_the_first_day():
    firm = small_firm(
        organisation={"headcount": 200, "accounts": 4_000, "weeks": 1, "burn_in_weeks": 0},
        quotas={"over_assignment": 0.2},
    )
    quotas = simulated(firm).quotas[:200]
    assert planned_quota(firm) == pytest.approx(quotas.mean(), rel=0.05)
