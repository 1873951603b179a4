"""What the tests share: the repository's reference glasses and its command."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

PYTHON = Path(__file__).resolve().parents[1]
ROOT = PYTHON.parent
sys.path.insert(0, str(PYTHON))

import softfield  # noqa: E402
from softfield import find_command  # noqa: E402

REFERENCE = ROOT / "examples" / "reference"
SMALL = REFERENCE / "2dipl_400.extxyz"
SPATIAL = REFERENCE / "3dkablj_400.extxyz"
GLASS = REFERENCE / "2dipl_1600.extxyz"


def run_command(*words: object) -> str:
    """Runs softfield itself, as on a command line."""
    done = subprocess.run([*find_command(), *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


class Compared(unittest.TestCase):
    """Against the files that the command writes."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def written(self, *words):
        path = self.folder / f"{words[0]}.h5"
        run_command(*words, "-o", path)
        return h5py.File(path)

    def told(self, *words):
        """The summary of a command."""
        return json.loads(run_command(*words, "--json"))

    def same(self, group, table, fields=()):
        """Every column of a table, bit for bit, and its units."""
        columns = {name: np.asarray(group[name]) for name in group if name not in fields}
        self.assertEqual(sorted(columns), sorted(table.columns))
        for name, values in columns.items():
            if values.dtype.kind == "O":  # words
                self.assertEqual([word.decode() for word in values], list(table[name]), name)
            else:
                self.assertEqual(values.tobytes(), table[name].tobytes(), name)
            self.assertEqual(group[name].attrs.get("unit"), table.units.get(name), name)


def run_python(code: str, **options):
    """Runs Python with the package on its path, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(PYTHON)}
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, **options
    )


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits for its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
