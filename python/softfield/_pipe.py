"""Messages of the pipe, as docs/python.md describes them: a head in JSON and raw little-endian arrays."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO, Dict, List, Mapping, Optional, Tuple

import numpy as np

_BEGIN = struct.Struct("<IId")
_MAGIC = 0x31504653
_TYPES = ("<f8", "<i4", "|u1")

Arrays = Dict[str, np.ndarray]


def encoded(head: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> List[Any]:
    """Buffers to be written one after the other; those of arrays are their own memory."""
    listed, pieces, total = [], [], 0
    for name, array in arrays.items():
        array = np.ascontiguousarray(array)
        kind = array.dtype.newbyteorder("<").str if array.dtype.itemsize > 1 else "|u1"
        if kind not in _TYPES:
            raise TypeError(f"array {name} is of {array.dtype}: give doubles or 32-bit integers")
        listed.append({"name": name, "dtype": kind, "shape": list(array.shape)})
        array = array.astype(kind, copy=False)
        if array.size > 0:
            pieces.append(memoryview(array.reshape(-1).view(np.uint8)))
        rest = -array.nbytes % 8
        if rest:
            pieces.append(bytes(rest))
        total += array.nbytes + rest
    text = json.dumps({**head, "arrays": listed}, allow_nan=False, default=_plain).encode()
    text += b" " * (-len(text) % 8)
    return [_BEGIN.pack(_MAGIC, len(text), total) + text, *pieces]


def _plain(value: Any) -> Any:
    """Numbers and arrays of NumPy as Python's."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    raise TypeError(f"{value!r} is no number, text, list or dictionary")


def read(stream: BinaryIO) -> Optional[Tuple[Dict[str, Any], Arrays]]:
    """The next message, or None where the pipe has ended. Arrays are views of the memory that was read into."""
    begin = np.empty(_BEGIN.size, np.uint8)
    if not _fill(stream, begin):
        return None
    magic, text, size = _BEGIN.unpack(begin.tobytes())
    if magic != _MAGIC:
        raise ValueError("what came is no message of softfield's pipe")
    body = np.empty(text + int(size), np.uint8)
    if not _fill(stream, body):
        return None
    head = json.loads(body[:text].tobytes())
    arrays: Arrays = {}
    at = text
    for entry in head.pop("arrays", []):
        dtype = np.dtype(entry["dtype"])
        count = int(np.prod(entry["shape"], dtype=np.int64))
        length = count * dtype.itemsize
        arrays[entry["name"]] = body[at : at + length].view(dtype).reshape(entry["shape"])
        at += length + (-length % 8)
    return head, arrays


def _fill(stream: BinaryIO, buffer: np.ndarray) -> bool:
    view = memoryview(buffer)
    at = 0
    while at < len(view):
        got = stream.readinto(view[at:])  # type: ignore[attr-defined]
        if not got:
            return False
        at += got
    return True
