"""What a configuration does at a temperature: it need not be at a minimum."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from . import configurations
from .errors import UsageError
from .files import Path, absolute
from .glass import Glass, GlassLike, _asked
from .models import ModelLike
from .results import Deformed, Propensity, tables_of
from .session import Progress, Session
from .session import session as default_session



def _request(
    method: str,
    atoms: GlassLike,
    model: Optional[ModelLike],
    params: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray],
    session: Optional[Session],
    progress: Progress,
    reading: Dict[str, Any],
) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
    if isinstance(atoms, Glass):
        if model is not None or session is not None or reading:
            raise UsageError("a Glass has its model and its options already", {"field": "model"})
        asked, given = atoms._given
        session = atoms.session
    else:
        asked, given = _asked(atoms, model, reading)
        if reading:
            raise UsageError(f"there is no option {next(iter(reading))}", {"field": next(iter(reading))})
    return (session or default_session()).request(method, {**asked, **params}, {**given, **arrays}, progress)


def deform(
    atoms: GlassLike,
    model: Optional[ModelLike] = None,
    *,
    rate: Union[float, str],
    temperature: Union[float, str],
    plane: Optional[str] = None,
    max_strain: Optional[float] = None,
    every: Optional[float] = None,
    seed: Optional[int] = None,
    dt: Optional[float] = None,
    relaxation: Optional[float] = None,
    inherent: bool = False,
    checkpoint: Optional[Path] = None,
    session: Optional[Session] = None,
    progress: Progress = None,
    **reading: Any,
) -> Deformed:
    """Steady simple shear at a finite rate and temperature (SLLOD, docs/temperature.md): the same bits as ``softfield deform``.

    Parameters
    ----------
    atoms
        A configuration, at a minimum or not, or a ``Glass``: as it was given.
    rate : float or str
        Strain per time, 1/τ₀; or with a unit, ``"1e9/s"``, where the model says its units; negative: the other way.
    temperature : float or str
        ε/k_B, 0 or more; or with a unit, ``"300K"``, where the model says its units.
    plane : {"xy", "xz", "yz"}
        Of flow and gradient: x += γ·y is ``"xy"``.
    max_strain, every : float
        Where it ends (0.2), at the multiple of ``every`` nearest to it, and between two points of the path (0.002).
    seed : int
        Of the velocities and the thermostat (1).
    dt, relaxation : float
        Time step at most (0.005) and relaxation time of the thermostat (0.05), τ₀, times the root of the lightest mass.
    inherent : bool
        Minimise at every point, and compare with the point before.
    checkpoint : path
        A file that an interrupted run (Ctrl-C) leaves there: the same call goes on from it, to the same bits.
    frame, species, diameters, box, atom_style
        As of ``Glass``.

    Raises ``UsageError`` for numbers that make no sense, ``NumericsError`` where the time step is too large.
    """
    params = {"rate": rate, "temperature": temperature, "plane": plane, "maxStrain": max_strain, "every": every, "seed": seed}
    params.update({"dt": dt, "relaxation": relaxation, "inherent": inherent, "checkpoint": absolute(checkpoint)})
    value, arrays = _request("deform", atoms, model, params, {}, session, progress, reading)
    last = configurations.configuration_of(arrays, value["names"])
    return Deformed(tables_of(value, arrays)["path"], last, value["summary"])


def propensity(
    atoms: GlassLike,
    model: Optional[ModelLike] = None,
    *,
    temperature: Union[float, str],
    times: Sequence[float] = (0.1, 0.3, 1.0, 3.0, 10.0),
    runs: int = 50,
    seed: Optional[int] = None,
    dt: Optional[float] = None,
    relaxation: Optional[float] = None,
    checkpoint: Optional[Path] = None,
    session: Optional[Session] = None,
    progress: Progress = None,
    **reading: Any,
) -> Propensity:
    """How far particles go, over many runs from one configuration with velocities drawn anew: the isoconfigurational ensemble.

    Parameters
    ----------
    atoms
        A configuration, usually of a liquid, or a ``Glass``: as it was given.
    temperature : float or str
        Of the velocities and the thermostat, ε/k_B, positive; or with a unit, ``"300K"``.
    times : sequence of float
        When displacements are taken, τ₀, ascending.
    runs, seed : int
        From so many sets of velocities (at least 2), the first of this seed (1). They share the threads of the session; no bit
        depends on how many there are.
    dt, relaxation : float
        Time step at most (0.005) and relaxation time of the thermostat (1), τ₀, times the root of the lightest mass.
    checkpoint : path
        A file that an interrupted ensemble (Ctrl-C) leaves there: the same call goes on from it, to the same bits.
    frame, species, diameters, box, atom_style
        As of ``Glass``.
    """
    params = {"temperature": temperature, "runs": runs, "seed": seed, "dt": dt, "relaxation": relaxation}
    params["checkpoint"] = absolute(checkpoint)
    when = {"times": np.ascontiguousarray(times, dtype=float).reshape(-1)}
    value, arrays = _request("propensity", atoms, model, params, when, session, progress, reading)
    table = tables_of(value, arrays)["particles"]
    return Propensity(np.array(value["summary"]["times"]), arrays["mean"], arrays["error"], table, value["summary"])
