"""Tables of one's own as files."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping, Optional, Union

import numpy as np

from .errors import UsageError
from .session import Session
from .session import session as default_session

Path = Union[str, "os.PathLike[str]"]


def absolute(path: Optional[Path]) -> Optional[str]:
    """The path as a process in another folder understands it."""
    return None if path is None else os.path.abspath(os.fspath(path))


def write(
    path: Path,
    columns: Mapping[str, Any],
    *,
    force: bool = False,
    session: Optional[Session] = None,
) -> str:
    """Writes a table, by the ending of ``path``: .parquet, .h5, .tsv, .csv. The absolute path is returned.

    ``columns``: names to numbers or words, one a row, all of one length. ``force``: overwrite. Fields of particles to be scored by
    ``softfield benchmark --add`` have the columns ``ensemble``, ``seed``, ``particle`` and one of numbers an indicator.
    """
    arrays: Dict[str, np.ndarray] = {}
    texts: Dict[str, List[str]] = {}
    for name, given in columns.items():
        values = np.asarray(given)
        if values.ndim != 1:
            raise UsageError(f"the column {name} has the shape {values.shape}; it must have one value a row", {"field": name})
        if values.dtype.kind in "USO":
            texts[name] = [str(word) for word in values]
        elif values.dtype.kind in "iub" and (values.size == 0 or np.abs(values.astype(float)).max() < 2**31):
            arrays[f"column/{name}"] = values.astype(np.int32)
        elif values.dtype.kind in "iubf":
            arrays[f"column/{name}"] = values.astype(float)
        else:
            raise UsageError(f"the column {name} holds {values.dtype}: give numbers or words", {"field": name})
    params = {"file": os.path.abspath(os.fspath(path)), "names": list(columns), "texts": texts, "force": force}
    return str((session or default_session()).request("write", params, arrays)[0]["file"])
