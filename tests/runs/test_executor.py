"""Many pieces of work on several workers: each once, whatever happens to one of them."""

from __future__ import annotations

import importlib
import os
import signal
import threading
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.errors import SalesimError
from salesim.runs.executor import MAX_THREADS, Failure, Workers, workers_for
from tests.messages import message_of


def squared(number):
    if number % 7 == 3:
        raise ValueError(f"{number}\nand more")
    return number * number


def killed_by(number):
    """One piece of work kills its worker whenever it is tried."""
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def killed_once(item):
    """One piece of work kills its worker when it is tried for the first time."""
    number, mark = item
    if number == 5 and not os.path.exists(mark):
        with open(mark, "w"):
            pass
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@given(st.lists(st.integers(0, 1_000), max_size=60), st.integers(1, 4))
def test_every_piece_comes_back_once_with_what_came_of_it(numbers, count):
    items = list(enumerate(numbers))
    came = list(Workers(lambda item: squared(item[1]), count, processes=False).carry_out(items))
    assert sorted(item for item, _ in came) == items
    for (_, number), value in came:
        if number % 7 == 3:
            assert value.error == f"ValueError: {number}"
            assert "squared" in value.trace
        else:
            assert value == number * number


def test_processes_give_the_same():
    came = dict(Workers(squared, 2, processes=True).carry_out(range(40)))
    assert {n: v for n, v in came.items() if not isinstance(v, Failure)} == {
        n: n * n for n in range(40) if n % 7 != 3
    }
    assert {n for n, v in came.items() if isinstance(v, Failure)} == {n for n in range(40) if n % 7 == 3}


def test_work_that_kills_its_worker_is_found_and_the_rest_is_done(golden):
    came = dict(Workers(killed_by, 2, processes=True).carry_out(range(30)))
    failed = came.pop(5)
    assert (type(failed), failed.trace) == (Failure, "")
    golden(failed.error)
    assert came == {n: n * n for n in range(30) if n != 5}


def test_work_that_a_killed_worker_had_in_hand_is_done_again(tmp_path):
    items = [(n, str(tmp_path / "mark")) for n in range(30)]
    came = {item[0]: value for item, value in Workers(killed_once, 2, processes=True).carry_out(items)}
    assert came == {n: n * n for n in range(30)}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_items_are_taken_as_they_are_needed(count):
    """There may be any number of them: what is taken ahead is bounded."""
    taken = []

    def items():
        for number in range(100_000):
            taken.append(number)
            yield number

    running = Workers(abs, count, processes=False).carry_out(items())
    for _ in range(5):
        next(running)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        running.close()
    assert len(taken) < 5_000


def test_several_workers_work_at_a_time():
    together = threading.Barrier(3, timeout=20)
    came = Workers(lambda _: together.wait(), 3, processes=False).carry_out(range(3))
    assert sorted(value for _, value in came) == [0, 1, 2]


def test_threads_for_the_compiled_engine_and_processes_for_python():
    assert not workers_for(abs, 2, "compiled").processes
    assert not workers_for(abs, MAX_THREADS, "compiled").processes
    assert workers_for(abs, MAX_THREADS + 1, "compiled").processes
    assert workers_for(abs, 2, "mesa").processes
    assert not workers_for(abs, 1, "mesa").processes
    assert workers_for(abs, None, "compiled").number >= 1


@pytest.mark.parametrize("number", [0, -1, 1_001])
def test_a_number_of_workers_that_cannot_be_is_refused(golden, number):
    with pytest.raises(SalesimError) as refused:
        workers_for(abs, number, "compiled")
    golden(refused.value)
    message = message_of(refused.value)
    assert (message.place, message.given) == (("workers",), str(number))


def test_workers_that_were_there_before_find_a_module_that_came_since(tmp_path, monkeypatch):
    pieces = range(4)
    assert len(list(Workers(squared, 2, processes=True).carry_out(pieces))) == 4
    name = "work_that_came_since"
    (tmp_path / f"{name}.py").write_text("def work(number):\n    return number + 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    work = importlib.import_module(name).work
    done = dict(Workers(work, 2, processes=True).carry_out(pieces))
    assert done == {number: number + 1 for number in pieces}
