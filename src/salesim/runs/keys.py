"""What names a run: a hash of its firm, its random draws, the model and the measures.

The engine is left out, because both engines give the same bits; so are title and description.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

from ..inputs.content_hash import digits_of
from ..inputs.delta import TEXTS
from ..model.binding import Rivals
from ..model.fingerprint import fingerprint_of, model_fingerprint, syntax_of
from ..model.scenario import Scenario
from .schema import SCHEMA_VERSION

MEASURES = Path(__file__).parent.parent / "outcomes"
MEANING, PROSE = 3, {"meaning", "noun", "undefined"}  # what of an outcome only people read


@cache
def measures_fingerprint() -> str:
    """Sixteen digits that change when what is measured may change, and not with words for people."""
    digest = hashlib.sha256()
    for path in sorted(MEASURES.glob("*.py")):
        digest.update(path.name.encode())
        digest.update(measured_in(path.read_bytes()).encode())
    return digest.hexdigest()[:16]


def measured_in(source: bytes) -> str:
    """The syntax of a source without what its outcomes are called and how they are explained."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Outcome":
            del node.args[MEANING : MEANING + 1]
            node.keywords = [given for given in node.keywords if given.arg not in PROSE]
    return syntax_of(ast.unparse(tree).encode())


def model_key(rivals: Rivals = ()) -> str:
    """Digits that name the model with its rival rules, what is measured, and how it is stored."""
    parts = (SCHEMA_VERSION, model_fingerprint(), fingerprint_of(rivals), measures_fingerprint())
    return " ".join(str(part) for part in parts)


def firm_key(firm: Scenario, model: str) -> str:
    """Twenty digits that name a firm as a model, given by its key, simulates it."""
    return digits_of([model, firm.model_dump(exclude={*TEXTS})], 20)


def run_id(firm: str, seed: int, replicate: int) -> str:
    """Twenty digits that name one replicate of a firm, given by its key."""
    return hashlib.sha256(f"{firm} {seed} {replicate}".encode()).hexdigest()[:20]
