"""What the tests share: the repository's reference glasses and its command."""

import os
import subprocess
import sys
from pathlib import Path

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
