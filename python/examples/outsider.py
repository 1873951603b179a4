"""An indicator of one's own in the benchmark: glasses in, one number a particle out, as a Parquet file.

    softfield benchmark bench.yaml -o league --glasses glasses
    python3 outsider.py glasses mine.parquet
    softfield benchmark bench.yaml -o league --force --add mine.parquet

``--glasses`` writes every glass of the campaign as FOLDER/ENSEMBLE/SEED.extxyz. Put your network in the place of ``score``.
"""

import sys
from pathlib import Path

import numpy as np

import softfield


def score(positions: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """How far a particle lies from the mean of what is near to it (N numbers, the larger the softer)."""
    n, d = positions.shape
    near = 1.6 * (abs(np.linalg.det(cell)) / n) ** (1 / d)
    inverse = np.linalg.inv(cell)
    found = np.empty(n)
    for i in range(n):
        away = (positions - positions[i]) @ inverse
        away = (away - np.round(away)) @ cell
        distance = np.linalg.norm(away, axis=1)
        found[i] = np.linalg.norm(away[(distance > 0) & (distance < near)].mean(axis=0))
    return found


def main(folder: str, out: str) -> None:
    columns = {"ensemble": [], "seed": [], "particle": [], "asymmetry": []}
    for path in sorted(Path(folder).glob("*/*.extxyz")):
        model = path.read_text().split("model=", 1)[1].split()[0]
        with softfield.Glass(path, model) as glass:
            values = score(glass.positions, glass.cell)
        columns["ensemble"] += [path.parent.name] * len(values)
        columns["seed"] += [int(path.stem)] * len(values)
        columns["particle"] += range(len(values))
        columns["asymmetry"] += list(values)
    print(softfield.write(out, columns, force=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
