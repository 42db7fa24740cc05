"""The week in words."""

from salesim.show.week_order import first_sentence, phases


def test_the_week_has_nine_phases_with_a_sentence_each():
    listed = list(phases())
    assert len(listed) == 9
    assert all(first_sentence(phase).endswith(".") for phase in listed)
