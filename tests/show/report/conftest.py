"""Folders of results and their reports, each made once."""

from functools import cache

import pytest

from salesim.show.report.opening import report_of
from tests.show.report.folders import shared


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory):
    """A function that gives the results folder of a kind, which all workers share."""
    return cache(lambda kind: shared(tmp_path_factory, kind))


@pytest.fixture(scope="session")
def report(folder_of):
    """A function that gives the report of a kind of results."""
    return cache(lambda kind: report_of(folder_of(kind)))
