"""Local thermal energies with the forces of an ASE calculator, a function of one's own, or LAMMPS."""

from __future__ import annotations

import dataclasses
import os
from typing import Any, Callable, Dict, Mapping, Optional, Tuple, Union

import numpy as np

from . import configurations
from .configurations import ConfigurationLike
from .errors import UsageError
from .results import Modes, Table, tables_of
from .session import Progress, Session
from .session import session as default_session

#: An ASE calculator; a function of positions (N, d) and cell (d, d) that gives energy and forces (N, d), and energies of the
#: atoms (N,) as a third where it has them; or the name of an engine of softfield's, such as ``"lammps"``.
Engine = Union[str, Callable[[np.ndarray, np.ndarray], Tuple[Any, ...]], Any]

_OPTIONS = {"refine": "refine", "range": "range", "step": "step", "second_step": "secondStep", "patience": "patience"}


@dataclasses.dataclass(frozen=True, eq=False)
class EngineEnergies:
    """Local thermal energies of atoms, in the units of the engine.

    Attributes
    ----------
    particles : Table
        ``lte`` and its standard error ``lte_error`` (0 where all modes were integrated one by one), ``harmonic``, ``anharmonic``
        (absent where the engine tells no energies of atoms), ``thermal_displacement_x`` … with errors, ``debye_waller``.
    modes : Table
        The softest modes that were integrated one by one: eigenvalues of M, participation.
    vectors : ndarray (count, N, d)
        Their vectors.
    positions : ndarray (N, d)
        At the minimum.
    summary : dict
        What the command's ``--json`` prints: among others ``calls``, ``hessian`` (range, colours …), ``relativeError``, ``sum``.
    """

    particles: Table
    modes: Table
    vectors: np.ndarray
    positions: np.ndarray
    summary: Dict[str, Any]


def lte(
    atoms: ConfigurationLike,
    engine: Engine,
    *,
    soft_modes: Union[int, str, None] = None,
    samples: Optional[int] = None,
    seed: Optional[int] = None,
    **options: Any,
) -> EngineEnergies:
    """What ``softfield.lte(atoms, engine=…)`` does.

    ``soft_modes``: softest modes that are integrated one by one, or ``"all"``; ``samples``: antithetic pairs of the rest;
    ``refine``, ``range``, ``step``, ``second_step``, ``model`` (the script of ``"lammps"``), ``session``, ``progress``.
    """
    params = {"samples": samples, "seed": seed}
    params.update({"allModes": True} if soft_modes == "all" else {"modes": soft_modes})
    value, arrays = _request("engineLte", atoms, engine, params, options)
    tables = tables_of(value, arrays)
    return EngineEnergies(tables["particles"], tables["modes"], arrays["vectors"], arrays["positions"], value["summary"])


def modes(atoms: ConfigurationLike, engine: Engine, count: int = 30, **options: Any) -> Modes:
    """What ``softfield.modes(atoms, engine=…)`` does."""
    value, arrays = _request("engineModes", atoms, engine, {"count": count}, options)
    tables = tables_of(value, arrays)
    return Modes(tables["modes"], arrays["vectors"], tables["particles"]["weight"], value["summary"])


def hessian(atoms: ConfigurationLike, engine: Engine, **options: Any) -> Tuple[Mapping[str, Any], Mapping[str, np.ndarray]]:
    """M by rows, as ``softfield.hessian(atoms, engine=…)`` makes a SciPy array of."""
    return _request("engineHessian", atoms, engine, {}, options)


def _request(
    method: str, atoms: ConfigurationLike, engine: Engine, params: Dict[str, Any], options: Dict[str, Any]
) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
    session: Optional[Session] = options.pop("session", None)
    progress: Progress = options.pop("progress", None)
    model = options.pop("model", None)
    reading = {key: options.pop(key) for key in ("frame", "box", "atom_style") if key in options}
    params = {**params, **{theirs: options.pop(ours) for ours, theirs in _OPTIONS.items() if ours in options}}
    if options:
        raise UsageError(f"there is no option {next(iter(options))} with an engine", {"field": next(iter(options))})
    forces = None
    if isinstance(engine, str):
        params.update({"engine": engine, "script": model if model is None else os.path.abspath(os.fspath(model))})
    elif model is not None:
        raise UsageError("model is what an engine of softfield's is given; a calculator has its own", {"field": "model"})
    else:
        params["name"], forces = _forces_of(engine, atoms)
    asked, arrays = configurations.request_of(atoms, **reading)
    params["configuration"] = asked
    return (session or default_session()).request(method, params, arrays, progress, forces)


Forces = Callable[[np.ndarray], Tuple[float, Dict[str, np.ndarray]]]


def _forces_of(engine: Any, atoms: Any) -> Tuple[str, Forces]:
    if hasattr(engine, "get_property") or hasattr(engine, "get_potential_energy"):
        return type(engine).__name__, _of_calculator(engine, atoms)
    if callable(engine):
        return getattr(engine, "__name__", "the function"), _of_function(engine, atoms)
    raise UsageError(
        f"{type(engine).__name__} is no engine: give an ASE calculator, a function of positions and cell, or the name of one",
        {"field": "engine"},
    )


def _of_calculator(calculator: Any, atoms: Any) -> Forces:
    if not (hasattr(atoms, "get_positions") and hasattr(atoms, "copy")):
        raise UsageError("an ASE calculator needs ASE Atoms as the configuration", {"field": "engine"})
    at = atoms.copy()
    atomic = [True]

    def forces(positions: np.ndarray) -> Tuple[float, Dict[str, np.ndarray]]:
        if positions.shape[1] == 2:
            whole = at.get_positions()
            whole[:, :2] = positions
            at.set_positions(whole)
        else:
            at.set_positions(positions)
        # the calculator of the atoms given is used, not theirs changed
        at.calc = calculator
        energy = float(at.get_potential_energy())
        found = {"forces": _array(at.get_forces()[:, : positions.shape[1]])}
        if atomic[0]:
            energies = _energies(calculator, at)
            # not all calculators' energies of atoms are a partition of the energy
            if energies is None or abs(energies.sum() - energy) > 1e-8 * (abs(energies).sum() + abs(energy)):
                atomic[0] = False
            else:
                found["energies"] = energies
        return energy, found

    return forces


def _energies(calculator: Any, atoms: Any) -> Optional[np.ndarray]:
    if "energies" not in getattr(calculator, "implemented_properties", ()):
        return None
    try:
        energies = np.asarray(calculator.get_property("energies", atoms), float)
    except Exception:  # a property that a calculator names and does not have
        return None
    return _array(energies) if energies.shape == (len(atoms),) else None


def _of_function(function: Callable[..., Tuple[Any, ...]], atoms: Any) -> Forces:
    if isinstance(atoms, (str, os.PathLike)):
        raise UsageError("a function needs a configuration in memory: ASE Atoms, a Configuration, a dictionary of arrays", {"field": "engine"})
    asked, arrays = configurations.request_of(atoms)
    cell = arrays["cell"]

    def forces(positions: np.ndarray) -> Tuple[float, Dict[str, np.ndarray]]:
        energy, *rest = function(positions.copy(), cell.copy())
        found = dict(zip(("forces", "energies"), map(_array, rest)))
        return float(energy), found

    return forces


def _array(values: Any) -> np.ndarray:
    return np.ascontiguousarray(values, dtype=float)
