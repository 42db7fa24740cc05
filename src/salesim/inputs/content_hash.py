"""Digits that stand for plain data, such as a study or a firm."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digits_of(content: Any, length: int) -> str:
    """So many hexadecimal digits that stand for plain data, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
