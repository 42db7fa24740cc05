"""How a study says that it is answered: every mistake is refused where it stands, and nothing else changes."""

import tomllib

import jsonschema
import pytest

from docs.make.study_schema import study_schema
from salesim.errors import ScenarioError
from salesim.inputs.design import Study
from salesim.inputs.settings import spot_of
from salesim.runs.reading import load_study
from tests.messages import message_of

LEVERS = "[levers]\nregime.discount_authority = [0.0, 0.1, 0.2]\npayout.accelerator = [1, 2.0]\n"
HEAD = "[answer]\noutcome = 'operating_profit'\n"
BEST = "[[answer.claims]]\nkind = 'best'\nalong = 'regime.discount_authority'\nbase = { payout.accelerator = 1 }\n"
EFFECT = "[[answer.claims]]\nkind = 'effect'\nwhat = 'x'\narm = { payout.accelerator = 2 }\nbase = { payout.accelerator = 1.0 }\n"


def written(tmp_path, text):
    path = tmp_path / "ours.toml"
    path.write_text(text)
    return path


def test_settings_are_named_by_paths_in_tables_or_with_dots(tmp_path):
    study = load_study(written(tmp_path, LEVERS + HEAD + BEST + EFFECT))
    best, effect = study.answer.claims
    assert best.base == {"payout.accelerator": 1}
    assert effect.arm == {"payout.accelerator": 2}
    assert spot_of(study, effect.arm) == ("baseline", 0.1, 2.0)  # what is not said is as in the firm
    assert spot_of(study, effect.arm, {"regime.discount_authority": 0.2}) == ("baseline", 0.2, 2.0)


def test_an_answer_is_kept_with_the_study_and_does_not_change_which_runs_it_asks_for(tmp_path):
    with_answer = load_study(written(tmp_path, LEVERS + HEAD + EFFECT))
    assert Study.model_validate(with_answer.model_dump(mode="json")) == with_answer
    without = load_study(written(tmp_path, LEVERS))
    assert without.answer is None
    assert with_answer.key("model") == without.key("model")


UNCERTAIN = "[uncertainties]\nsamples = 3\nmarket.unit_cost = 'plausible'\n"
BAD = [  # a text, where it is refused, what was given there, the nearest name, and whether a schema sees it too
    (HEAD, ("answer.claims",), None, None, True),
    (
        HEAD.replace("_profit", "_profits") + EFFECT,
        ("answer.outcome",),
        "'operating_profits'",
        "operating_profit",
        False,
    ),
    (HEAD + "figur = 'effects'\n" + EFFECT, ("answer.figur",), None, "figure", True),
    (HEAD + "figure = 'pie'\n" + EFFECT, ("answer.figure",), "'pie'", None, True),
    (HEAD + EFFECT.replace("effect", "efect"), ("answer.claims.0.kind",), "'efect'", "effect", False),
    (HEAD + EFFECT.replace("'x'", "3"), ("answer.claims.0.what",), "3", None, True),
    (HEAD + EFFECT.replace("what = 'x'\n", ""), ("answer.claims.0.what",), None, None, True),
    (HEAD + EFFECT + "wher = []\n", ("answer.claims.0.wher",), None, "where", True),
    (HEAD + EFFECT.replace("= 2 }", "= 3 }"), ("answer", "payout.accelerator"), "3", None, False),
    (
        HEAD + EFFECT.replace("arm = { payout.", "arm = { payout.cap = 2, payout."),
        ("answer", "payout.cap"),
        None,
        None,
        False,
    ),
    (
        HEAD + EFFECT.replace("= { payout.accelerator = 1.0 }", "= {}"),
        ("answer", "payout.accelerator"),
        "1.25",
        None,
        False,
    ),
    (
        HEAD + EFFECT + "where = [{ said = 'x', at = { policy = 'y' } }]",
        ("answer", "policy"),
        "'y'",
        None,
        False,
    ),
    (
        HEAD + BEST.replace("authority'", "autority'"),
        ("answer", "along"),
        "'regime.discount_autority'",
        "regime.discount_authority",
        False,
    ),
    (HEAD + EFFECT + UNCERTAIN, ("answer",), None, None, False),
]


@pytest.mark.parametrize(
    ("text", "place", "got", "near", "seen"), BAD, ids=[f"{k}_{bad[1][-1]}" for k, bad in enumerate(BAD)]
)
def test_what_cannot_be_answered_is_refused_where_it_stands(tmp_path, text, place, got, near, seen):
    with pytest.raises(ScenarioError) as caught:
        load_study(written(tmp_path, LEVERS + text))
    (said,) = str(caught.value).splitlines()
    assert said.startswith(str(tmp_path / "ours.toml:"))
    message = message_of(said)
    assert (message.place[1 : 1 + len(place)], message.given, message.near) == (place, got, near)


@pytest.mark.parametrize(
    ("claims", "allowed"),
    [("", "a list of tables"), ("claims = []\n", "a list of tables"), ("claims = ['best']\n", "a table")],
)
def test_claims_are_tables_and_no_names(tmp_path, claims, allowed):
    with pytest.raises(ScenarioError) as caught:
        load_study(written(tmp_path, LEVERS + HEAD + claims))
    assert message_of(str(caught.value)).allowed == allowed


TWICE = "[[answer.claims]]\nkind = 'best'\nalong = 'policy'\n[answer.claims.base]\npayout.cap = 1\n'payout.cap' = 2\n"


@pytest.mark.parametrize(
    ("claim", "line", "place"),
    [
        ("[[answer.claims]]\nkind = 'efect'\n", 2, "answer.claims.1.kind"),
        (
            BEST + "[[answer.claims.where]]\nsaid = 'x'\n[[answer.claims.where]]\nsaid = 3\n",
            8,
            "answer.claims.1.where.1.said",
        ),
        (BEST.replace("= 1 }", "= 3 }"), 1, "answer"),
        (TWICE, 5, "answer.claims.1.base"),
    ],
)
def test_what_is_wrong_in_a_claim_is_placed_where_that_claim_stands(tmp_path, claim, line, place):
    with pytest.raises(ScenarioError) as caught:
        load_study(written(tmp_path, LEVERS + HEAD + EFFECT + claim))
    before = (LEVERS + HEAD + EFFECT).count("\n")
    assert message_of(caught.value).place[:2] == (f"{tmp_path}/ours.toml:{before + line}", place)


OURS = [bad for bad in BAD if bad[1][0] == "answer"]  # in our own words, and not those of a library


@pytest.mark.parametrize("text", [bad[0] for bad in OURS], ids=[f"{k}" for k, _ in enumerate(OURS)])
def test_why_an_answer_cannot_be_is_said(tmp_path, golden, text):
    with pytest.raises(ScenarioError) as caught:
        load_study(written(tmp_path, LEVERS + text))
    golden(str(caught.value).replace(f"{tmp_path}/", ""))


def test_the_schema_takes_what_is_read_and_marks_keys_that_are_none():
    schema = jsonschema.Draft202012Validator(study_schema())
    assert schema.is_valid(tomllib.loads(LEVERS + HEAD + BEST + EFFECT))
    for text, *_, seen in BAD:
        if seen:
            assert not schema.is_valid(tomllib.loads(LEVERS + text)), text
