"""Folders of results and their reports, each made once."""

from functools import cache

import pytest

from tests.show.report.folders import shared, shared_report


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory):
    """A function that gives the results folder of a kind, which all workers share."""
    return cache(lambda kind: shared(tmp_path_factory, kind))


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """A function that gives the report of a kind of results, which all workers share."""
    return cache(lambda kind: shared_report(tmp_path_factory, kind))
