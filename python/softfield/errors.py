"""Errors: what softfield refuses or fails at, with a code and the place of the fault."""

from __future__ import annotations

from typing import Any, Mapping, Optional


class SoftfieldError(Exception):
    """An expected failure: its message says what is wrong, where, and the way out.

    Attributes
    ----------
    code : str
        ``"input"``, ``"model"``, ``"geometry"``, ``"not-a-minimum"``, ``"numerics"``, ``"resource"``, ``"usage"`` or
        ``"aborted"``; ``"internal"`` for a fault of softfield's own, which is to be reported.
    place : dict
        Of ``file``, ``line`` (from 1), ``particle`` (from 0) and ``field`` those that are known.
    """

    code = "internal"

    def __init__(self, message: str, place: Optional[Mapping[str, Any]] = None) -> None:
        self.place = dict(place or {})
        file, line = self.place.get("file"), self.place.get("line")
        if file is not None and str(file) not in message:
            message = f"{file}:{line}: {message}" if line is not None else f"{file}: {message}"
        super().__init__(message)

    @property
    def file(self) -> Optional[str]:
        return self.place.get("file")

    @property
    def line(self) -> Optional[int]:
        return self.place.get("line")

    @property
    def particle(self) -> Optional[int]:
        return self.place.get("particle")

    @property
    def field(self) -> Optional[str]:
        return self.place.get("field")


class InputError(SoftfieldError, ValueError):
    """A file or value is malformed."""

    code = "input"


class ModelError(SoftfieldError, ValueError):
    """A potential is unknown, invalid, or does not fit the configuration."""

    code = "model"


class GeometryError(SoftfieldError, ValueError):
    """Box, cutoff, overlap, or a configuration that falls apart."""

    code = "geometry"


class NotAMinimumError(SoftfieldError):
    """The configuration is no energy minimum; ``softfield.minimize`` finds one."""

    code = "not-a-minimum"


class NumericsError(SoftfieldError, ArithmeticError):
    """A computation left the range in which it can be trusted."""

    code = "numerics"


class ResourceError(SoftfieldError, OSError):
    """Memory, disk, a program that is missing, or a process that died."""

    code = "resource"


class UsageError(SoftfieldError, ValueError):
    """Options that contradict each other or make no sense."""

    code = "usage"


class AbortedError(SoftfieldError):
    """The work was stopped on request."""

    code = "aborted"


class InternalError(SoftfieldError, RuntimeError):
    """A fault of softfield's own: please report it."""


_BY_CODE = {
    kind.code: kind
    for kind in (
        InputError,
        ModelError,
        GeometryError,
        NotAMinimumError,
        NumericsError,
        ResourceError,
        UsageError,
        AbortedError,
    )
}


def error_of(failure: Mapping[str, Any]) -> SoftfieldError:
    """The exception of a failure that the process reports."""
    code, message = failure.get("code"), failure.get("message", "")
    if code is None:
        return InternalError(failure.get("stack") or message)
    return _BY_CODE.get(code, InternalError)(message, failure.get("place"))
