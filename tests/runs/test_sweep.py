"""What a sweep promises: the same bits however it is carried out, nothing run twice, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from salesim.errors import ResultsError, SalesimError, ScenarioError
from salesim.inputs.design import OF_THE_PROMISE, Study
from salesim.inputs.load import load_scenario
from salesim.outcomes import COMPANY, NUMBERS
from salesim.runs import collecting, keys, tasks
from salesim.runs import store as stores
from salesim.runs.exec import Exec
from salesim.runs.reading import load_study
from salesim.runs.runs import open_results
from salesim.runs.simulate import simulate
from salesim.runs.sweep import sweep
from salesim.runs.verifying import verify
from tests.messages import message_of
from tests.runs.failing import FAILURE, breaks
from tests.runs.killing import check, digests

SMALL = {
    "organisation.weeks": 13,
    "organisation.burn_in_weeks": 13,
    "organisation.headcount": 4,
    "organisation.accounts": 40,
}
STUDY = {
    "title": "A small study",
    "settings": SMALL,
    "replicates": 3,
    "outcomes": ["realised", "realisation_ratio"],
    "policies": {"on_margin": {"pay.margin_weight": 1.0}},
    "levers": {"regime.discount_authority": [0.0, 0.1]},
}


@pytest.fixture
def counted(monkeypatch):
    """The runs that are carried out, as they are."""
    simulated = []
    real = tasks.RunTask.__call__

    def call(self, address):
        simulated.append(address.id)
        return real(self, address)

    monkeypatch.setattr(tasks.RunTask, "__call__", call)
    return simulated


def swept(folder, study=STUDY, reuse=None, **how):
    """Sweep with nothing to copy from, unless a test says otherwise."""
    nothing = folder.parent / "nothing"
    nothing.mkdir(parents=True, exist_ok=True)
    return sweep(study, out=folder, reuse=reuse or nothing, how=Exec(**{"workers": 1, **how}))


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return swept(tmp_path_factory.mktemp("sweep") / "done")


def test_every_point_is_lived_through_as_often_as_asked(done):
    assert done.complete
    assert done.missing() == []
    assert len(done.frame) == 4 * 3
    assert done.frame.groupby("point")["replicate"].apply(list).tolist() == [[0, 1, 2]] * 4
    assert list(done.frame["policy"].unique()) == ["baseline", "on_margin"]
    assert set(NUMBERS) < set(done.frame.columns)


def test_a_run_of_a_sweep_is_what_simulate_gives(done):
    """Inputs are joined to outcomes by the right run."""
    firm = load_scenario(
        "typical_firm", {"pay.margin_weight": 1.0}, {**SMALL, "regime.discount_authority": 0.1}
    )
    results = simulate(firm, replicates=3)
    rows = done.frame[
        (done.frame["policy"] == "on_margin") & (done.frame["regime.discount_authority"] == 0.1)
    ]
    for name in NUMBERS:
        mine = [None if pd.isna(value) else value for value in rows[name]]
        assert mine == results.values[name], name
    series = done.joined([o.name for o in COMPANY if o.index])
    for name in (o.name for o in COMPANY if o.index):
        stored = [
            None if each is None else [None if pd.isna(v) else v for v in each]
            for each in series.loc[rows.index, name]
        ]
        told = [None if v is None else v.tolist() for v in results.values[name]]
        assert stored == told, name


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_without_the_promise_all_else_is_the_same_and_no_run_is_taken_for_another(done, tmp_path, engine):
    study = load_study(STUDY).model_copy(update={"promise": False, "outcomes": ("contribution",)})
    alone = swept(tmp_path / "alone", study, done.folder, engine=engine)
    names = [o.name for o in COMPANY]
    with_it, without = done.joined(names), alone.joined(names)
    assert not {*done.frame["run_id"]} & {*alone.frame["run_id"]}
    for name in names:
        if name in OF_THE_PROMISE:
            assert without[name].isna().all(), name
            assert with_it[name].notna().any(), name
        elif NUMBERS.get(name):
            pd.testing.assert_series_equal(without[name], with_it[name])
        else:
            assert [*map(str, without[name])] == [*map(str, with_it[name])], name
    assert not verify(alone.folder, how=Exec(workers=1, engine=engine)).differences


def test_what_the_promise_alone_gives_cannot_be_asked_for_without_it():
    said = load_study(STUDY).model_dump()
    for lost, name in (({"outcomes": ("promised",)}, "promised"), ({"tables": ("weeks",)}, "weeks")):
        with pytest.raises(ValidationError, match=name):
            Study(**{**said, "outcomes": ("realised",), **lost, "promise": False})


@pytest.mark.parametrize(
    "how",
    [
        {"workers": 2},
        {"workers": 3},
        {"engine": "mesa"},
        {"engine": "mesa", "workers": 2},
        pytest.param({"workers": 9}, marks=pytest.mark.nightly),
    ],
    ids=["two threads", "three threads", "readable engine", "two processes", "nine processes"],
)
def test_bits_do_not_depend_on_how_it_is_carried_out(done, tmp_path, how):
    assert swept(tmp_path / "again", **how).digest == done.digest


def test_bits_do_not_depend_on_the_order_of_what_is_moved(done, tmp_path):
    turned = {**STUDY, "levers": {"regime.discount_authority": [0.1, 0.0]}}
    again = swept(tmp_path / "again", turned)
    assert again.digest == done.digest
    assert again.folder != done.folder


def test_a_finished_run_is_not_run_again(tmp_path, counted):
    first = swept(tmp_path / "one")
    assert len(counted) == 12
    assert swept(tmp_path / "one").digest == first.digest
    assert len(counted) == 12


def test_studies_that_share_runs_share_them(tmp_path, counted):
    """Also where the shared firm was reached in another way, and under another title."""
    swept(tmp_path / "results" / "one" / "abc")
    other = {
        "title": "Another",
        "settings": {**SMALL, "pay.margin_weight": 1.0},
        "replicates": 4,
        "levers": {"regime.discount_authority": [0.1, 0.2]},
    }
    assert len(counted) == 12
    found = swept(tmp_path / "two", other, reuse=[tmp_path / "results"])
    assert len(counted) == 12 + 8 - 3 + 1, "one of those that are taken over is run again first"
    assert len(set(counted)) == len(counted) - 1
    manifest = json.loads((found.folder / "manifest.json").read_text())
    assert manifest["copied"] == {str(tmp_path / "results" / "one" / "abc"): 3}
    alone = swept(tmp_path / "three", other)
    assert found.digest == alone.digest
    assert found.complete
    check(found)


def test_a_folder_with_runs_from_others_needs_them_no_more(tmp_path):
    swept(tmp_path / "one")
    found = swept(tmp_path / "two", {**STUDY, "replicates": 2}, reuse=[tmp_path / "one"])
    shutil.rmtree(tmp_path / "one")
    assert len(open_results(found.folder).frame) == 8


def test_tables_beside_the_runs_are_copied_too_or_the_run_is_run(tmp_path, counted):
    with_weeks = {**STUDY, "tables": ["weeks"]}
    swept(tmp_path / "plain")
    assert len(counted) == 12
    kept = swept(tmp_path / "weeks", with_weeks, reuse=[tmp_path / "plain"])
    assert len(counted) == 24, "there were no weeks to copy"
    copied = swept(tmp_path / "again", {**with_weeks, "replicates": 2}, reuse=[tmp_path / "weeks"])
    assert len(counted) == 24 + 1
    check(copied)
    ids = set(copied.frame["run_id"])
    mine = kept.table("weeks").to_pandas()
    mine = mine[mine["run_id"].isin(ids)].sort_values(["run_id", "run", "plan_week"], ignore_index=True)
    theirs = (
        copied.table("weeks").to_pandas().sort_values(["run_id", "run", "plan_week"], ignore_index=True)
    )
    pd.testing.assert_frame_equal(mine, theirs)


def test_two_names_of_one_firm_share_its_runs(tmp_path, counted):
    same = {**STUDY, "policies": {"nothing": {"pay.margin_weight": 0.0}}}
    found = swept(tmp_path / "one", same)
    assert len(counted) == 6
    assert len(found.frame) == 12
    a, b = (
        found.frame[found.frame["policy"] == name]["realised"].tolist() for name in ("baseline", "nothing")
    )
    assert a == b


@pytest.mark.parametrize("changed", ["model_fingerprint", "measures_fingerprint"])
def test_a_changed_model_or_measure_never_answers_from_old_runs(
    tmp_path, counted, monkeypatch, golden, changed
):
    swept(tmp_path / "old")
    monkeypatch.setattr(keys, changed, lambda: "another")
    swept(tmp_path / "new", reuse=[tmp_path / "old"])
    assert len(counted) == 24
    assert not set(counted[:12]) & set(counted[12:])
    with pytest.raises(ResultsError) as refused:
        swept(tmp_path / "old")
    assert message_of(refused.value).place == (str(tmp_path / "old"),)
    golden(str(refused.value).replace(f"{tmp_path}/", ""))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"title": "Other words"}, True),
        ({"question": "Why?"}, True),
        ({"seed": 2}, False),
        ({"replicates": 4}, False),
        ({"outcomes": ["promised"]}, False),
        ({"levers": {"regime.discount_authority": [0.0]}}, False),
    ],
)
def test_a_folder_of_another_study_is_refused_and_left_alone(done, golden, change, same):
    before = {path: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()}
    if same:
        assert swept(done.folder, {**STUDY, **change}).digest == done.digest
    else:
        with pytest.raises(ResultsError) as refused:
            swept(done.folder, {**STUDY, **change})
        assert message_of(refused.value).place[0] == str(done.folder)
        golden(str(refused.value).replace(f"{done.folder.parent}/", ""))
    assert {path: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()} == before


def test_a_folder_of_something_else_is_refused(tmp_path, golden):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    (tmp_path / "file").write_text("keep me")
    for name in ("mine", "file"):
        with pytest.raises(ResultsError) as refused:
            swept(tmp_path / name)
        assert message_of(refused.value).place == (str(tmp_path / name),)
        golden(str(refused.value).replace(f"{tmp_path}/", ""))
    assert (tmp_path / "mine" / "letter.txt").read_text() == (tmp_path / "file").read_text() == "keep me"


def test_numbers_that_do_not_fit_are_refused_before_anything_is_written(tmp_path):
    wrong = {**STUDY, "levers": {"pay.period_weeks": [13, 3]}}
    with pytest.raises(ScenarioError) as refused:
        swept(tmp_path / "new", wrong)
    place = message_of(refused.value).place
    assert place[-2:] == ("point 1 (baseline, pay.period_weeks 3)", "pay.period_weeks")
    assert not (tmp_path / "new").exists()


def test_a_run_that_fails_is_recorded_and_the_others_go_on(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        breaks(patch, lambda address: address.replicate == 1 and address.firm.pay.margin_weight == 1.0)
        found = swept(tmp_path / "one")
    assert len(found.frame) == 10
    assert not found.complete
    failed = found.failed
    assert (
        failed[["policy", "replicate", "error"]].values.tolist()
        == [["on_margin", 1, f"ArithmeticError: {FAILURE}"]] * 2
    )
    assert failed["trace"].str.contains("second line").all()
    assert failed["run_id"].tolist() == found.missing()
    mended = swept(tmp_path / "one")
    assert mended.complete
    assert len(mended.failed) == 0
    assert mended.digest == swept(tmp_path / "two").digest


def test_a_run_that_fails_again_is_counted_once(tmp_path, monkeypatch):
    breaks(monkeypatch, lambda address: address.replicate == 2)
    swept(tmp_path / "one")
    assert len(swept(tmp_path / "one").failed) == 4


def test_drawn_numbers_that_do_not_fit_fail_alone(tmp_path):
    drawn = {
        "settings": SMALL,
        "replicates": 2,
        "uncertainties": {"samples": 6, "market.unit_cost": {"from": 60.0, "to": 120.0}},
    }
    found = swept(tmp_path / "one", drawn)
    impossible = found.points["error"].notna()
    assert 0 < impossible.sum() < 6
    assert len(found.frame) == 2 * (6 - impossible.sum())
    assert found.complete
    assert len(found.failed) == impossible.sum()
    assert {message_of(error).place for error in found.failed["error"]} == {("market.unit_cost",)}
    assert found.failed["run_id"].isna().all()


def damage(path, how):
    content = bytearray(path.read_bytes())
    if how == "a bit":
        content[len(content) // 2] ^= 1
    elif how == "cut":
        content = content[: len(content) // 2]
    elif how == "empty":
        content = bytearray()
    path.write_bytes(content)


@pytest.mark.parametrize("how", ["a bit", "cut", "empty"])
@pytest.mark.parametrize("kind", ["runs", "weeks"])
def test_a_damaged_part_is_named_set_aside_and_run_again(tmp_path, monkeypatch, counted, golden, how, kind):
    monkeypatch.setattr(collecting, "ROWS_OF_A_PART", 4)
    study = {**STUDY, "tables": ["weeks"]}
    whole = digests(swept(tmp_path / "one", study))
    parts = sorted((tmp_path / "one" / kind).glob("part-*"))
    assert len(parts) == 3
    damage(parts[1], how)
    opened = open_results(tmp_path / "one")
    assert opened.store.damaged == [f"{kind}/{parts[1].name}"]
    assert len(opened.frame) == 8
    assert len(opened.missing()) == 4
    with pytest.warns(UserWarning, match=f"{kind}/{parts[1].name} ") as notes:
        mended = swept(tmp_path / "one", study)
    golden(str(notes[0].message).replace(f"{tmp_path}/", "").replace(parts[1].name, "part"))
    assert len(counted) == 12 + 4
    assert digests(mended) == whole
    assert (tmp_path / "one" / "damaged" / f"{kind}-{parts[1].name}").exists()
    assert mended.store.damaged == []
    check(mended)


def test_damaged_points_are_written_again(tmp_path, counted, golden):
    swept(tmp_path / "one")
    before = (tmp_path / "one" / "points.parquet").read_bytes()
    (tmp_path / "one" / "points.parquet").write_bytes(before[:100])
    with pytest.raises(ResultsError) as refused:
        _ = open_results(tmp_path / "one").points
    assert message_of(refused.value).place == (str(tmp_path / "one" / "points.parquet"),)
    golden(str(refused.value).replace(f"{tmp_path}/", ""))
    with pytest.warns(UserWarning, match=r"points\.parquet: ") as notes:
        assert len(swept(tmp_path / "one").frame) == 12
    golden(str(notes[0].message).replace(f"{tmp_path}/", ""))
    assert (tmp_path / "one" / "points.parquet").read_bytes() == before
    assert len(counted) == 12


def test_points_that_were_changed_answer_for_nothing(tmp_path):
    """Two firms that change places would otherwise be run under each other's names."""
    found = swept(tmp_path / "one")
    points = pq.read_table(tmp_path / "one" / "points.parquet")
    firms = points["firm"].to_pylist()
    turned = pa.array([firms[1], firms[0], *firms[2:]])
    where = points.schema.get_field_index("firm")
    pq.write_table(
        points.set_column(where, points.schema.field("firm"), turned), tmp_path / "one" / "points.parquet"
    )
    with pytest.raises(ResultsError) as refused:
        _ = open_results(tmp_path / "one").frame
    assert message_of(refused.value).place == (str(tmp_path / "one" / "points.parquet"),)
    shutil.rmtree(tmp_path / "one" / "runs")
    with pytest.warns(UserWarning, match=r"points\.parquet: "):
        assert swept(tmp_path / "one").digest == found.digest == swept(tmp_path / "two").digest


def test_a_manifest_that_was_changed_is_refused(tmp_path, golden):
    swept(tmp_path / "one")
    path = tmp_path / "one" / "manifest.json"
    path.write_text(path.read_text().replace('"seed": 1', '"seed": 2'))
    with pytest.raises(ResultsError) as refused:
        swept(tmp_path / "one")
    assert message_of(refused.value).place[0] == str(path)
    golden(str(refused.value).replace(f"{tmp_path}/", ""))


def test_a_damaged_part_of_failures_is_named_too(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        breaks(patch, lambda address: address.replicate == 1)
        swept(tmp_path / "one")
    part = next((tmp_path / "one" / "failed").glob("part-*"))
    damage(part, "a bit")
    assert open_results(tmp_path / "one").store.damaged == [f"failed/{part.name}"]
    with pytest.warns(UserWarning, match=f"failed/{part.name} "):
        assert swept(tmp_path / "one").complete


def test_a_damaged_neighbour_is_not_copied_from(tmp_path, counted):
    swept(tmp_path / "one")
    damage(next((tmp_path / "one" / "runs").glob("part-*")), "a bit")
    with pytest.warns(UserWarning, match="part-"):
        assert swept(tmp_path / "two", reuse=[tmp_path / "one"]).complete
    assert len(counted) == 24


def test_false_runs_of_a_neighbour_are_not_copied(tmp_path, counted):
    """The author of a part works out its digits, so these prove nothing."""
    swept(tmp_path / "one")
    part = next((tmp_path / "one" / "runs").glob("part-*"))
    table = pq.read_table(part)
    place = table.schema.get_field_index("realised")
    false = table.set_column(place, table.schema.field(place), pc.add(table["realised"], 1.0))
    part.unlink()
    stores.put_part(part.parent, false)
    with pytest.warns(UserWarning, match="realised: stored") as notes:
        found = swept(tmp_path / "two", reuse=[tmp_path / "one"])
    assert str(notes[0].message).startswith(f"{tmp_path / 'one'}: ")
    assert len(counted) == 12 + 1 + 12
    assert found.digest == swept(tmp_path / "three").digest
    assert json.loads((tmp_path / "two" / "manifest.json").read_text())["copied"] == {}


@pytest.mark.parametrize("begun", [False, True])
def test_a_place_that_may_not_be_written_is_refused_before_anything_runs(
    tmp_path, monkeypatch, counted, begun
):
    if begun:
        swept(tmp_path / "one", {**STUDY, "replicates": 1})
    ran, before = len(counted), sorted(tmp_path.rglob("*"))

    why = os.strerror(errno.EACCES)

    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, why)

    with monkeypatch.context() as patch:
        patch.setattr("salesim.runs.folder.tempfile.TemporaryFile", forbidden)
        with pytest.raises(ResultsError) as refused:
            swept(tmp_path / "one", {**STUDY, "replicates": 1})
    message = message_of(refused.value)
    assert (message.place[0], message.wrong) == (str(tmp_path / "one"), why)
    assert len(counted) == ran
    assert {*tmp_path.rglob("*")} - {tmp_path / "nothing"} == {*before} - {tmp_path / "nothing"}


def test_a_full_disk_is_one_error_and_keeps_what_is_stored(tmp_path, monkeypatch, golden):
    monkeypatch.setattr(collecting, "ROWS_OF_A_PART", 4)
    real, written, full = stores.put_part, [], os.strerror(errno.ENOSPC)

    def put_part(folder, table):
        if len(written) == 2:
            raise OSError(errno.ENOSPC, full)
        written.append(real(folder, table))
        return written[-1]

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put_part", put_part)
        with pytest.raises(ResultsError) as refused:
            swept(tmp_path / "one")
    message = message_of(refused.value)
    assert message.place[0] == str(tmp_path / "one")
    assert message.wrong == full
    assert " 8 " in message.allowed
    golden(str(refused.value).replace(f"{tmp_path}/", ""))
    assert len(open_results(tmp_path / "one").frame) == 8
    check(swept(tmp_path / "one"))


@pytest.mark.parametrize("leaves", [False, True])
def test_a_folder_that_is_removed_in_mid_run_is_begun_anew_by_the_same_command(
    tmp_path, monkeypatch, golden, leaves
):
    """Also where a part was written while somebody removed it, so that something of it is left."""
    monkeypatch.setattr(collecting, "ROWS_OF_A_PART", 4)
    real = stores.put_part

    def put_part(folder, table):
        if leaves:
            real(folder, table)
            (tmp_path / "one" / "manifest.json").unlink(missing_ok=True)
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        shutil.rmtree(tmp_path / "one")
        return real(folder, table)

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put_part", put_part)
        with pytest.raises(ResultsError) as refused:
            swept(tmp_path / "one")
    assert message_of(refused.value).place == (str(tmp_path / "one"),)
    golden(str(refused.value).replace(f"{tmp_path}/", ""))
    assert (tmp_path / "one").exists() is leaves
    check(swept(tmp_path / "one"))


def test_replicates_are_added_until_the_mean_is_narrow(tmp_path):
    wide = {**STUDY, "replicates": {"outcome": "realised", "half_width": 1e9, "least": 3, "most": 24}}
    assert swept(tmp_path / "wide", wide).frame.groupby("point").size().tolist() == [3, 3, 3, 3]
    rule = {"outcome": "realised", "least": 3, "most": 24}
    known = swept(tmp_path / "known", {**STUDY, "replicates": 24})
    halves = (lambda s: (s["high"] - s["low"]) / 2)(known.summary(["realised"]))
    some = swept(
        tmp_path / "some", {**STUDY, "replicates": {**rule, "half_width": float(halves.median() * 2.0)}}
    )
    counts = some.frame.groupby("point").size()
    assert set(counts) <= {3, 6, 12, 24}
    assert counts.nunique() > 1
    assert some.complete
    narrow = swept(tmp_path / "narrow", {**STUDY, "replicates": {**rule, "half_width": 1e-3}})
    assert narrow.frame.groupby("point").size().tolist() == [24] * 4
    assert narrow.digest == known.digest


def test_the_manifest_says_what_was_asked(done):
    manifest = json.loads((done.folder / "manifest.json").read_text())
    assert manifest["kind"] == "sweep"
    assert load_study(done.folder) == done.study
    assert manifest["key"] == done.study.key(keys.model_key())


def test_summary_by_setting_and_by_point(done):
    by_point = done.summary()
    assert by_point["outcome"].tolist() == ["realised"] * 4 + ["realisation_ratio"] * 4
    first = done.frame[done.frame["point"] == 0]["realised"]
    assert by_point["mean"][0] == pytest.approx(first.mean(), rel=1e-12)
    pd.testing.assert_frame_equal(
        done.summary(by="setting").drop(columns="setting"), by_point.drop(columns="point")
    )
    only = done.summary(["revenue"], where=["policy=on_margin", "replicate<2"])
    assert only["replicates"].tolist() == [2, 2]
    least, most = done.frame["realised"].min(), done.frame["realised"].max()
    between = done.summary(["revenue"], where=[f"realised>{least}", f"realised<{most}"])
    assert between["replicates"].sum() == len(done.frame) - 2
    with pytest.raises(SalesimError) as refused:
        done.summary(["realized"])
    assert message_of(refused.value).near == "realised"


def test_an_address_is_of_one_run(done):
    ids = done.frame["run_id"]
    assert ids.is_unique
    assert ids.str.fullmatch("[0-9a-f]{20}").all()
    assert keys.run_id("a", 1, 2) != keys.run_id("a", 12, 2) != keys.run_id("a 1", 2, 0)
