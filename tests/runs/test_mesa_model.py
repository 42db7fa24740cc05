"""The public Mesa model: named, pickled, copied and run in batches, and the same bits in all of these."""

import copy
import pickle

import mesa
import pytest

from salesim import Rep, SalesimError, SalesModel, load_scenario
from salesim.model import agents
from salesim.rules.reference import sense_of_loss
from tests.firms import differences, small_firm
from tests.messages import message_of

FIRM = small_firm()


def stepped(model, weeks):
    for _ in range(weeks):
        model.step()
    return model


@pytest.mark.parametrize("again", [lambda model: pickle.loads(pickle.dumps(model)), copy.deepcopy])
@pytest.mark.parametrize("weeks", [0, 20, 65])
def test_a_model_goes_on_where_it_was_pickled(again, weeks):
    model = stepped(SalesModel(FIRM, seed=5), weeks)
    other = again(model)
    assert differences(model.tables(), other.tables()) == []
    for each in (model, other):
        stepped(each, 65 - weeks)
        assert not each.running or weeks == 65
    assert differences(model.tables(), other.tables()) == []
    assert differences(model.tables(), stepped(agents.SalesModel(FIRM, seed=5), 65).tables()) == []
    assert len(other.agents_by_type[Rep]) == len(model.reps)


def test_a_model_with_rivals_says_that_it_cannot_be_pickled():
    model = SalesModel(FIRM, rivals=((sense_of_loss, lambda *_: 0.0),))
    with pytest.raises(TypeError, match="rival"):
        pickle.dumps(model)


def test_a_scenario_is_named_or_a_file(tmp_path):
    assert SalesModel("typical_firm").parameters == load_scenario("typical_firm")
    (tmp_path / "ours.toml").write_text("[organisation]\nheadcount = 2\naccounts = 8\n")
    assert len(SalesModel(tmp_path / "ours.toml").reps) == 2


def test_a_seed_has_mesas_name_too_and_a_range():
    tables = [stepped(SalesModel(FIRM, **named), 15).tables() for named in ({"rng": 7}, {"seed": 7})]
    assert differences(*tables) == []
    with pytest.raises(SalesimError) as refused:
        SalesModel(FIRM, rng=-1)
    assert message_of(refused.value)[0] == ("seed",)


class Collected(SalesModel):
    """A model that collects revenue by week."""

    def __init__(self, **given):
        collector = mesa.DataCollector({"revenue": lambda model: model.books[model.week - 1].revenue})
        super().__init__(**given, datacollector=collector)


@pytest.mark.parametrize("processes", [1, 2])
def test_mesa_runs_it_in_batches(processes):
    asked = {"scenario": [FIRM], "replicate": range(2)}
    rows = mesa.batch_run(Collected, asked, processes, data_collection_period=1, display_progress=False)
    for replicate in range(2):
        books = stepped(SalesModel(FIRM, replicate=replicate), 65).tables().books["revenue"]
        mine = {row["Step"]: row["revenue"] for row in rows if row["replicate"] == replicate}
        assert [mine[week] for week in range(65)] == books.tolist()


@pytest.mark.parametrize(
    "firm", [FIRM, [FIRM], "typical_firm"], ids=["a scenario", "a list of scenarios", "a name"]
)
def test_mesa_runs_it_in_batches_without_a_collector(firm):
    (row,) = mesa.batch_run(SalesModel, {"scenario": firm}, max_steps=1, display_progress=False)
    assert row["Step"] == 1


def test_what_is_no_scenario_is_refused_in_one_line():
    with pytest.raises(SalesimError) as refused:
        SalesModel({"pay": {}})
    assert message_of(refused.value).place == ("scenario",)


@pytest.mark.parametrize("kind", ["managers", "reps", "customers"])
def test_nobody_of_the_firm_can_be_removed(kind):
    model = stepped(SalesModel(FIRM, seed=5), 3)
    with pytest.raises(SalesimError) as refused:
        getattr(model, kind)[0].remove()
    assert len(message_of(refused.value).place) == 2
    assert differences(stepped(model, 12).tables(), stepped(SalesModel(FIRM, seed=5), 15).tables()) == []
    model.release()
    assert not len(model.agents)


def test_agents_of_ones_own_can_be_removed():
    model = SalesModel(FIRM, seed=5)
    guest = mesa.Agent(model)
    guest.remove()
    assert guest not in model.agents
