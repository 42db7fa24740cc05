"""The nine phases of the week, a file each, in the order of `model/week.py`."""
