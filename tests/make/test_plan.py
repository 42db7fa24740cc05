"""The plan of the next model: its files are whole, agree with each other, with today's, and with what was published."""

import pytest
from pydantic import ValidationError

from docs.make.plan_files import PLAN, Industry, Number, PlannedMeasure, PlannedTarget, plan, read
from salesim.errors import ScenarioError
from salesim.evidence.measures import STATISTICS
from salesim.evidence.target import FITTED, load_target, targets
from salesim.inputs.declared import declared_values
from salesim.outcomes import COMPANY
from salesim.rules.sources import ASSUMED, SOURCES
from salesim.runs.causes import CAUSES

TARGETS, INDUSTRIES = plan().targets, plan().industries
MEASURES = [(name, measure) for name, target in TARGETS.items() for measure in target.measures]
NUMBERS = [
    *((name, number) for name, firm in INDUSTRIES.items() for number in (*firm.facts, *firm.settings)),
    *((name, number) for name, target in TARGETS.items() for number in target.assumed),
]

# Transcribed from the list of published findings, apart from the files; 10 is no limit.
TRANSCRIBED = {
    "T10": {
        "meetings_during": (0.12, 0.30),
        "incentives_during": (0.05, 0.20),
        "meetings_after": (0.08, 0.22),
        "meetings_kept": (0.5, 10.0),
        "incentives_after": (-0.03, 0.03),
        "both_during": (-0.05, 0.05),
        "both_after": (-0.05, 0.05),
        "dispersion": (-10.0, 0.0),
        "top_partner": (0.0, 10.0),
    },
    "T13": {"reps_at_quota": (0.48, 0.60), "firm_attainment": (0.88, 1.00), "skew": (0.0, 10.0)},
    "T21": {"best_fifth": (1.1, 1.8), "worst_fifth": (-0.6, -0.1)},
}
EVERY_SETTING = {  # of an industry, as the next model lists them
    "market": "list_price unit_cost cost_to_serve misfit_cost serving_spread loaded_cost value value_of_fit "
    "value_spread deal_value_spread price_buyers value_buyers sensitivity_of_price_buyers "
    "sensitivity_of_value_buyers fit_drift potential_drift",
    "needs": "rate deal_units account_spread deal_spread industries season",
    "organisation": "accounts_per_rep",
    "selling": "pace patience",
    "timing": "timing_slack_weeks waiting_cost",
    "slipping": "slip",
    "haggling": "walk_away",
    "buying": "threshold inertia",
    "relationship": "churn",
    "pay": "market_pay usual_mix",
    "leaving": "turnover",
    "handover": "vacancy_weeks",
    "training": "newcomer_share",
    "regime": "legal_authority",
}


def test_the_plan_is_whole():
    assert " ".join(TARGETS) == "T1 T2 T3 T5 T6 T7 T9 T10 T11 T13 T14 T16 T20 T21"
    assert all(name == f"T{target.number}" for name, target in TARGETS.items())
    assert {target.firm for target in TARGETS.values()} <= set(INDUSTRIES)
    assert len(INDUSTRIES) == 7


@pytest.mark.parametrize("name", TRANSCRIBED)
def test_bands_are_those_that_were_transcribed(name):
    assert {each.name: each.band for each in TARGETS[name].measures} == TRANSCRIBED[name]


@pytest.mark.parametrize("name", [name for name in targets() if name in TARGETS])
def test_measures_are_those_of_today_unless_they_say_otherwise(name):
    today = {each.name: each for each in load_target(name).measures}
    assert {each.name for each in TARGETS[name].measures} == set(today)
    for each in TARGETS[name].measures:
        there = today[each.name]
        same = ("says", "statistic", "outcome", "unit", "band", "published", "judged", "headline", "causes")
        changed = [what for what in same if getattr(each, what) != getattr(there, what)]
        changed += ["role"] * ((each.role == "CAL") != (there.role == FITTED))
        assert bool(changed) <= bool(each.differs), (each.name, changed)
        assert (each.band, each.unit) == (there.band, there.unit)


def test_each_finding_has_one_headline_and_arms_for_its_measures():
    for name, target in TARGETS.items():
        assert sum(each.headline for each in target.measures) == 1, name
        assert len({each.name for each in target.measures}) == len(target.measures), name
        for each in target.measures:
            assert {each.arm, each.base or each.arm} <= set(target.arms), (name, each.name)
            assert each.window in target.windows, (name, each.name)
        assert target.replicates >= plan().protocol.replicates
        assert target.sign_share == plan().protocol.sign_share


def test_what_is_measured_is_there_today_or_its_measure_is_new():
    known = {outcome.name for outcome in COMPANY} | {""}
    for name, each in MEASURES:
        there = each.statistic in STATISTICS and each.outcome in known
        assert there or each.differs == "New", (name, each.name)


def test_every_finding_names_all_assumed_numbers_of_its_firm():
    for name, target in TARGETS.items():
        assert target.both_ends == INDUSTRIES[target.firm].assumed, name


@pytest.mark.parametrize("name", INDUSTRIES)
def test_an_industry_has_every_setting_once(name):
    paths = [number.path for number in INDUSTRIES[name].settings]
    assert len({*paths}) == len(paths)
    wanted = {f"{group}.{each}" for group, names in EVERY_SETTING.items() for each in names.split()}
    assert wanted <= {*paths}


def test_every_source_is_listed():
    keys = {number.source for _, number in NUMBERS} - {"", ASSUMED}
    keys |= {cited.key for target in TARGETS.values() for cited in target.sources}
    keys |= {spent.source for spent in plan().protocol.calibration}
    assert keys <= {*SOURCES, *plan().works}
    assert not {*SOURCES} & {*plan().works}
    assert {*plan().works} <= keys


def test_assumed_numbers_lie_within_both_ends():
    for name, number in NUMBERS:
        if number.source == ASSUMED:
            low, high = number.range
            assert low < high, (name, number.path)
            assert low <= number.value <= high, (name, number.path)
            assert number.reason, (name, number.path)


def test_paths_are_those_of_today_unless_they_are_to_come():
    known = declared_values()
    for name, firm in INDUSTRIES.items():
        for number in firm.settings:
            assert number.to_come != (number.path in known), (name, number.path)
            ends = [each for each in (number.value, *(number.range or ())) if each is not None]
            if number.path in known:
                allowed = known[number.path]
                assert all(allowed.low <= end <= allowed.high for end in ends), (name, number.path)


def test_arms_move_what_there_is_or_what_the_plan_says_is_to_come():
    known = {*declared_values()} | {f"facts.{number.path}" for _, number in NUMBERS}
    known |= {number.path for _, number in NUMBERS if number.to_come}
    for name, target in TARGETS.items():
        moved = {*target.levers, *target.draws, *target.reported_at}
        for arm in target.arms.values():
            moved |= {*arm.levers, *arm.settings, *arm.solved}
        assert moved <= known, (name, moved - known)


def test_causes_are_those_of_today_and_one_more():
    planned = {cause.name: cause for cause in plan().causes.causes}
    for today in CAUSES:
        assert planned[today.name].dimension == today.dimension
        assert (planned[today.name].status == "stays") == (planned[today.name].ideal == today.ideal)
    assert {name for name, cause in planned.items() if cause.status == "new"} == {"resources"}
    assert len(planned) == len(CAUSES) + 1
    named = {cause for _, each in MEASURES for cause in (*each.causes, *sum(each.others, ()))}
    assert named == {*planned}


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 1.0},
        {"source": "index"},
        {"value": 1.0, "source": ASSUMED, "reason": "none"},
        {"value": 1.0, "source": ASSUMED, "range": (2.0, 3.0), "reason": "none"},
        {"value": 1.0, "source": ASSUMED, "range": (1.0, 1.0), "reason": "none"},
    ],
)
def test_a_number_that_stands_on_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"source|range|assumed|reason"):
        Number(path="a.b", unit="share", **wrong)


def test_a_sign_that_is_not_the_bands_is_refused():
    said = TARGETS["T3"].measures[0].model_dump()
    assert PlannedMeasure(**said)
    with pytest.raises(ValidationError) as caught:
        PlannedMeasure(**{**said, "sign": "none"})
    assert [each["loc"] for each in caught.value.errors()] == [()]


@pytest.mark.parametrize(
    ("kind", "file"), [(PlannedTarget, "targets/T3"), (Industry, "industries/manufacturer")]
)
def test_an_unknown_key_is_refused(kind, file, tmp_path):
    path = tmp_path / "file.toml"
    path.write_text("unknown = 1\n" + (PLAN / f"{file}.toml").read_text())
    with pytest.raises(ScenarioError, match="unknown"):
        read(kind, path)
