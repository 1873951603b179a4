"""How long a call takes beyond its computation: `python3 python/benchmarks/roundtrip.py`.

A glass of N = 32,000 (the reference glass of 1,600, tiled), 104,740 bonds in 12 columns, 10 MB; its factor and inverse are there
already. What the process itself says that it computed for is taken off the time of the call.
"""

import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))

import softfield  # noqa: E402


def main() -> None:
    with softfield.Glass(ROOT / "examples/reference/2dipl_1600.extxyz", "2dipl") as glass:
        c = glass.configuration
    tiles = [i * c.cell[0] + j * c.cell[1] for i in range(4) for j in range(5)]
    parts = {
        "positions": np.concatenate([c.positions + tile for tile in tiles]),
        "cell": c.cell * np.array([[4.0], [5.0]]),
        "species": np.tile(c.species, 20),
    }
    with softfield.Glass(parts, "2dipl") as glass:
        glass.lte()
        calls, beyond, own = [], [], []
        for _ in range(20):
            begun, spent = time.perf_counter(), time.process_time()
            found = glass.lte()
            calls.append(1e3 * (time.perf_counter() - begun))
            own.append(1e3 * (time.process_time() - spent))
            # the interactions were found when the glass was opened
            seconds = found.summary["seconds"]
            beyond.append(calls[-1] - 1e3 * (seconds["total"] - seconds["interactions"]))
    size = sum(table[name].nbytes for table in (found.bonds, found.particles) for name in table.columns)
    print(f"{len(found.bonds)} bonds, {size / 1e6:.1f} MB")
    print(f"call    median {np.median(calls):6.1f} ms, least {min(calls):6.1f}")
    print(f"beyond  median {np.median(beyond):6.1f} ms, least {min(beyond):6.1f}")
    print(f"CPU     median {np.median(own):6.1f} ms, least {min(own):6.1f} of Python")


if __name__ == "__main__":
    main()
