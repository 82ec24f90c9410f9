"""How long and how often to measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`rounds` of `seconds` each; `quick` shortens waits too, for trying the harness; nothing is kept then."""

    rounds: int = 5
    seconds: int = 8
    quick: bool = False

    def scaled(self, seconds: float) -> float:
        """A waiting time, a tenth of it in a quick run."""
        return seconds / 10 if self.quick else seconds

    def command(self, name: str) -> str:
        """What to type to measure this again."""
        words = [f"python -m bench {name}"]
        if self.rounds != Options.rounds:
            words.append(f"--rounds {self.rounds}")
        if self.seconds != Options.seconds:
            words.append(f"--seconds {self.seconds}")
        return " ".join(words)
