"""Run a twin in a process that holds nothing else: `alone.py agentpy_twin`, its numbers on standard input.

Prints the least processor time of two runs (s).
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module


def main():
    numbers, twin = json.load(sys.stdin), import_module(sys.argv[1])
    times = []
    for _ in range(2):
        start = time.process_time()
        twin.run(numbers, 1)
        times.append(time.process_time() - start)
    print(min(times))


if __name__ == "__main__":
    main()
