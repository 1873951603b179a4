"""Where the command softfield, and the Node that runs it, are."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path
from typing import Iterator, List, Optional, Sequence, Union

from .errors import ResourceError

Command = Union[str, "os.PathLike[str]", Sequence[str]]

_SCRIPT = Path("packages", "cli", "bin", "softfield.js")


def find_command(command: Optional[Command] = None) -> List[str]:
    """The words that start softfield.

    The first of: ``command`` (a program, a ``softfield.js``, or a list of words); the variable ``SOFTFIELD`` of the
    environment, the same as a line; a program ``softfield`` on the PATH; the checkout of the repository in which this
    package or the current folder lies; ``npx``, where the current folder's packages have softfield.

    Raises ``ResourceError`` where there is none.
    """
    if command is not None:
        words = [os.fspath(command)] if isinstance(command, (str, os.PathLike)) else list(command)
        return _runnable(words, "command")
    named = os.environ.get("SOFTFIELD", "").strip()
    if named:
        words = [named] if os.path.exists(named) else shlex.split(named)
        return _runnable(words, "SOFTFIELD")
    on_path = shutil.which("softfield")
    if on_path:
        return [on_path]
    for root in _checkouts():
        local = root / "node_modules" / ".bin" / "node"
        node = str(local) if local.exists() else shutil.which("node")
        if node and (root / "packages" / "cli" / "dist" / "main.js").exists():
            return [node, str(root / _SCRIPT)]
    npx = shutil.which("npx")
    if npx and (Path.cwd() / "node_modules" / ".bin" / "softfield").exists():
        return [npx, "--no-install", "softfield"]
    raise ResourceError(
        "softfield itself was not found: install it (docs/install.md) so that the command softfield is on the PATH, or "
        "name it in the variable SOFTFIELD, e.g. SOFTFIELD='node /path/to/packages/cli/bin/softfield.js'"
    )


def _runnable(words: List[str], origin: str) -> List[str]:
    if len(words) == 1 and words[0].endswith((".js", ".mjs")):
        node = shutil.which("node")
        if node is None:
            raise ResourceError(f"{origin}: to run {words[0]} the program node must be on the PATH")
        words = [node, *words]
    if not words or shutil.which(words[0]) is None:
        raise ResourceError(f"{origin}: there is no program {' '.join(words)!r}")
    return words


def _checkouts() -> Iterator[Path]:
    for start in (Path(__file__).resolve(), Path.cwd().resolve() / "."):
        for folder in start.parents if start.is_file() else (start, *start.parents):
            if (folder / _SCRIPT).exists():
                yield folder
