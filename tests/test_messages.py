"""Messages come apart into what they were made of."""

import pytest

from salesim.messages import error_text
from tests.messages import message_of


@pytest.mark.parametrize("what", ["", "pay.margin_weight"])
@pytest.mark.parametrize("given", [None, "3; x", 0.5])
@pytest.mark.parametrize("allowed", ["", "from 0 to 1", "a, b"])
@pytest.mark.parametrize("near", ["", "pay.bonus"])
def test_a_message_says_all_that_it_is_made_of(what, given, allowed, near):
    found = message_of(
        f"Error: {error_text('firm.toml', what, 'is out of range', given=given, allowed=allowed, near=near)}\n"
    )
    assert found.place == tuple(part for part in ("firm.toml", what) if part)
    assert found.wrong == "is out of range"
    assert found.given == (None if given is None else repr(given))
    assert (found.allowed or "", found.near or "") == (allowed, near)
