"""Folders of results and their reports, each made once."""

from functools import cache

import pytest

from salesim.show.report.opening import report_of
from tests.show.report.folders import make


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory):
    """A function that gives the results folder of a kind."""
    return cache(lambda kind: make(tmp_path_factory.mktemp(kind), kind))


@pytest.fixture(scope="session")
def report(folder_of):
    """A function that gives the report of a kind of results."""
    return cache(lambda kind: report_of(folder_of(kind)))
