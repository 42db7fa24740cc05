"""How to reproduce results: the commands, and what they were made with."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...analysis.comparing.comparison import Comparison
from ...english import TODAY, capital
from ...inputs.declared import value_of
from ...inputs.design import BASELINE, Study
from ...table import table
from .page import Command, Section

FLAGS = (
    "--figures",
    "--no-figures",
    "--quiet",
    "--json",
    "--allow-code",
    "--quick",
    "--levers",
    "--no-levers",
)
FACTS = {
    "key": "what was asked",
    "salesim": "version of salesim",
    "model": "model hash",
    "measures": "measures hash",
    "schema_version": "version of the files",
    "engine": "engine",
    "seed": "random seed",
    "replicates": "replicates",
    "digest": "hash of the data",
    "created": "made (UTC)",
    "python": "Python",
    "platform": "machine",
    "libraries": "libraries",
}


@dataclass
class CommandLine:
    """What somebody wrote on the command line.

    Args:
        command: the first word, such as "compare".
        words: what is no option.
        options: values by option, in their order.
        flags: options without a value.
    """

    command: str = ""
    words: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)

    def of(self, option: str) -> list[str]:
        """All values of an option."""
        return self.options.get(option, [])


def asked_in(manifest: Mapping[str, Any]) -> CommandLine:
    """The command that made a folder; nothing where it was made from Python."""
    written = [str(word) for word in manifest.get("command", [])]
    asked = CommandLine(written[0] if written else "")
    rest = iter(written[1:])
    for word in rest:
        name, equals, value = word.partition("=")
        if word in FLAGS:
            asked.flags.append(word)
        elif word.startswith("--"):
            asked.options.setdefault(name, []).append(value if equals else next(rest, ""))
        else:
            asked.words.append(word)
    return asked


def line_of(words: Sequence[str]) -> str:
    """Words as a line for a terminal."""
    return shlex.join(["salesim", *words])


def how_to_reproduce(
    manifest: Mapping[str, Any],
    study: Study,
    digest: str,
    arms: Sequence[Command] = (),
    others: Sequence[tuple[str, str]] = (),
) -> Section:
    """The section on how to reproduce results.

    Args:
        manifest: of the folder.
        study: the design.
        digest: digits that stand for every bit of the data.
        arms: commands that simulate a single arm.
        others: facts beside those of the manifest.
    """
    said = [str(word) for word in manifest.get("command", [])]
    folder = [f"results/{study.name}/{manifest['key']}", *asked_in(manifest).of("--out")][-1]
    rule = study.replicates
    often = f"{rule.most:,}" if rule.least == rule.most else f"{rule.least:,} to {rule.most:,}"
    facts = {**manifest, "seed": study.seed, "replicates": often, "digest": digest}
    code = ["--allow-code"] if manifest.get("rivals") else []
    first = Command("All of it", line_of(said or ["sweep", folder, "--out", "again", *code]))
    check = Command(
        "Repeat every run, and recreate every number and figure of this page",
        line_of(["verify", folder, "--report", "report.html", *code]),
    )
    hand = Command("Everything in one archive, to hand on", line_of(["bundle", folder]))
    rows = [(words, _fact(facts.get(name))) for name, words in FACTS.items() if facts.get(name) is not None]
    return Section(
        name="again",
        heading="How to reproduce this",
        sentences=(
            "The same seed gives the same bits, on any number of cores. Files that the commands name must "
            "be there as they were.",
        ),
        tables=(table("made", "What it was made with", ("what", "here"), [*rows, *others]),),
        commands=(first, *arms, check, *([] if manifest["kind"] == "evidence" else [hand])),
    )


def _fact(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {said}" for name, said in value.items())
    return str(value)


def arms_alone(found: Comparison, manifest: Mapping[str, Any]) -> Iterator[Command]:
    """Commands that simulate today's firm and each arm, on the same random draws."""
    asked, study = asked_in(manifest), found.sweep.study
    policies = [name for name in study.firms if name != BASELINE]
    files = asked.of("--policy")
    if asked.command != "compare" or len(asked.words) != 1 or len(policies) != len(files):
        return
    file_of = dict(zip(policies, files, strict=True))
    counts = found.sweep.joined([]).groupby("point")["replicate"].nunique()
    code = [flag for flag in asked.flags if flag == "--allow-code"]
    settings = [said.partition("=")[0].strip() for said in asked.of("--set")]
    base = [word for said in asked.of("--set") for word in ("--set", said)]
    own = study.firms[BASELINE]
    for arm, place in found.places.items():
        point, firm = study.point(place), study.firms[study.point(place).policy]
        if any(value_of(firm, path) != value_of(own, path) for path in settings):
            continue  # `run` lays settings over policies, and `compare` policies over settings
        policy = ["--policy", file_of[point.policy]] if point.policy in file_of else []
        moved = [
            word
            for path, value in point.numbers.items()
            if value_of(own, path) != value
            for word in ("--set", f"{path}={value}")
        ]
        luck = ["--replicates", str(min(int(counts[place]), 1_000)), "--seed", str(study.seed)]
        called = TODAY if arm == BASELINE else found.arms[arm]
        yield Command(
            f"{capital(called)}, alone and on the same random draws",
            line_of(["run", *asked.words, *policy, *base, *moved, *luck, *code]),
        )
