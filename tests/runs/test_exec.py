"""How runs are carried out: refused at once where it cannot be, and said before something is compiled."""

import pytest

from salesim import Exec, SalesimError, simulate, sweep
from salesim.errors import UncompiledRuleError
from salesim.runs import exec as carrying_out
from salesim.runs.executor import MAX_WORKERS
from tests.firms import small_firm
from tests.messages import message_of

FIRM = small_firm()
PRICE = "discounting.quoted_price"


def listed(score, sensitivity, cost):
    """A rule of one's own."""
    return 100.0


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"workers": 0}, "workers"),
        ({"workers": MAX_WORKERS + 1}, "workers"),
        ({"workers": 1.5}, "workers"),
        ({"engine": "fast"}, "engine"),
        ({"rules": None}, "rules"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(given, place):
    with pytest.raises(SalesimError) as refused:
        Exec(**given)
    assert message_of(refused.value).place == (place,)


@pytest.mark.parametrize("there", [True, False], ids=["compiled", "not compiled"])
@pytest.mark.parametrize("rules", [{}, {PRICE: listed}], ids=["the model", "with a rule"])
def test_it_is_said_once_when_the_model_is_compiled(monkeypatch, there, rules):
    said, compiled = [], []
    monkeypatch.setattr(carrying_out, "is_compiled", lambda rivals: there)
    monkeypatch.setattr(carrying_out, "compile_model", lambda rivals: compiled.append(rivals))
    rivals, engine = Exec(rules=rules, say=said.append).bound(FIRM)
    assert (engine, len(rivals), len(compiled)) == ("compiled", len(rules), len(rules))
    assert [("listed" in note) == bool(rules) for note in said] == [True] * (not there)


def test_nothing_is_compiled_for_the_readable_engine(monkeypatch):
    monkeypatch.setattr(carrying_out, "is_compiled", lambda _: pytest.fail("asked"))
    said = []
    simulate(FIRM, replicates=1, how=Exec(engine="mesa", say=said.append))
    assert said == []


def test_notes_go_to_standard_error_unless_somebody_takes_them(monkeypatch, capsys):
    monkeypatch.setattr(carrying_out, "is_compiled", lambda _: False)
    Exec().bound(FIRM)
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


def test_every_verb_shows_its_runs_going_by(tmp_path):
    stages = []

    def watch(stage, runs):
        stages.append((stage.total, stage.there, stage.stored is not None))
        return runs

    simulate(FIRM, replicates=2, how=Exec(watch=watch))
    study = {"scenario": "typical_firm", "settings": {"organisation.weeks": 13}, "replicates": 2}
    small = {**study["settings"], "organisation.headcount": 2, "organisation.accounts": 8}
    sweep({**study, "settings": small}, out=tmp_path / "here", reuse=tmp_path, how=Exec(1, watch=watch))
    assert stages == [(2, 0, False), (2, 0, True)]


def test_rules_that_cannot_be_compiled_are_tried_once(monkeypatch):
    tried, said = [], []

    def fail(rivals):
        tried.append(rivals)
        raise UncompiledRuleError("rules: cannot")

    monkeypatch.setattr(carrying_out, "is_compiled", lambda _: False)
    monkeypatch.setattr(carrying_out, "compile_model", fail)
    for _ in range(2):
        with pytest.warns(UserWarning, match="Mesa"):
            assert Exec(rules={PRICE: listed}, say=said.append).bound(FIRM)[1] == "mesa"
    assert (len(tried), len(said)) == (1, 1)
    carrying_out.UNCOMPILED.clear()
