"""A real browser, and the pages that it looks at."""

import os
import shutil
from functools import cache

import pytest

from salesim.show.report.rendering import page_of
from tests.show.report.folders import shared_report

NIGHTLY = ("gap", "evidence")
KINDS = ("run", "compare", "sweep", *(pytest.param(kind, marks=pytest.mark.nightly) for kind in NIGHTLY))

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; where it is missing tests are skipped, but never where all of them must pass."""
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium is not installed; on Debian: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address_of(tmp_path_factory):
    """A function that gives the address of the report of a kind of results."""

    def address_of(kind):
        where = tmp_path_factory.mktemp(kind)
        path = where / "report.html"
        path.write_text(page_of(shared_report(tmp_path_factory, kind)), encoding="utf-8")
        return path.as_uri()

    return cache(address_of)


@pytest.fixture(params=KINDS)
def address(request, address_of):
    """The address of the report of each kind of results."""
    return address_of(request.param)


@pytest.fixture
def one(address_of):
    """The address of one report, for what is the same in all of them."""
    return address_of("sweep")


@pytest.fixture
def look(chromium):
    """A function that opens a page as somebody would: width, height, colours; it is closed afterwards."""
    contexts = []

    def look(address, width=1100, height=900, colours="light"):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(f"{message.type}: {message.text}"))
        page.on("dialog", lambda dialog: (page.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        return page

    yield look
    for context in contexts:
        context.close()
