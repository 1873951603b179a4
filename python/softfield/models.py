"""Models: by name, as a dictionary, from a file, or from an ASE calculator that has an equal one."""

from __future__ import annotations

import dataclasses
import os
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy as np

from .errors import ModelError
from .session import Session, session as default_session

#: A preset's name, a model file (JSON, or a LAMMPS input script), its content as a dictionary, a Model, an ASE calculator.
ModelLike = Union[str, "os.PathLike[str]", Mapping[str, Any], "Model", Any]


@dataclasses.dataclass(frozen=True)
class Model:
    """A potential. ``definition``: as a model file has it, with all defaults; ``warnings``: where local thermal energies need more
    than the potential has."""

    name: str
    species: List[str]
    dimension: Optional[int]
    warnings: List[str]
    definition: Dict[str, Any]


def model(given: ModelLike, *, session: Optional[Session] = None) -> Model:
    """The model that ``given`` means. Raises ``ModelError``."""
    value, _ = (session or default_session()).request("model", {"model": request_of(given)})
    return Model(value["name"], value["species"], value.get("dimension"), value["warnings"], value["definition"])


def models(*, session: Optional[Session] = None) -> List[str]:
    """Names of the presets."""
    return list((session or default_session()).request("about", {})[0]["models"])


def request_of(given: ModelLike, symbols: Optional[Sequence[str]] = None) -> Dict[str, Any]:
    """The parameters by which a model is asked for; ``symbols``: of the atoms, for calculators that treat all alike."""
    if isinstance(given, Model):
        return {"definition": given.definition, "folder": os.getcwd()}
    if isinstance(given, os.PathLike):
        return {"name": os.path.abspath(os.fspath(given))}
    if isinstance(given, str):
        return {"name": os.path.abspath(given) if os.path.exists(given) else given}
    if isinstance(given, Mapping):
        return {"definition": _plain(given), "folder": os.getcwd()}
    if hasattr(given, "calculate") and hasattr(given, "parameters"):
        return {"definition": of_calculator(given, symbols), "folder": os.getcwd()}
    raise ModelError(
        f"{type(given).__name__} is no model: give the name of a preset, a model file, a dictionary, or an ASE calculator",
        {"field": "model"},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    return value


def of_calculator(calculator: Any, symbols: Optional[Sequence[str]] = None) -> Dict[str, Any]:
    """The model that is the same function of positions as an ASE calculator; ``ModelError`` where there is none."""
    kind = type(calculator).__name__
    home = type(calculator).__module__
    species = list(dict.fromkeys(str(symbol) for symbol in symbols)) if symbols is not None and len(symbols) else ["X"]
    make = {"ase.calculators.lj": _lennard_jones, "ase.calculators.morse": _morse}.get(home)
    if make is None:
        ways = {
            "EAM": 'its splines are others; {"form": "eam", "file": "NAME.eam.alloy"} reads the same file as LAMMPS does',
            "LAMMPSlib": "give the LAMMPS input script itself",
            "LAMMPS": "give the LAMMPS input script itself",
        }
        raise ModelError(
            f"no model is equal to the calculator {kind}: {ways.get(kind, 'write it as a model (docs/models.md)')}", {"field": "model"}
        )
    common = {"name": f"ase-{kind}", "species": species, "units": "metal"}
    return {**common, **make(calculator.parameters)}


def _lennard_jones(p: Mapping[str, Any]) -> Dict[str, Any]:
    # ase.calculators.lj: 4ε[(σ/r)¹² − (σ/r)⁶], less its value at rc; smooth: times the switch of CHARMM from ro to rc instead
    sigma, epsilon = float(p["sigma"]), float(p["epsilon"])
    rc = 3 * sigma if p.get("rc") is None else float(p["rc"])
    ro = 0.66 * rc if p.get("ro") is None else float(p["ro"])
    smoothing = {"window": "charmm", "from": ro / sigma} if p.get("smooth") else "shifted"
    return {"form": "lennard-jones", "epsilon": epsilon, "lambda": sigma, "cutoff": rc / sigma, "smoothing": smoothing}


def _morse(p: Mapping[str, Any]) -> Dict[str, Any]:
    # ase.calculators.morse: ε[e^{−2ρ₀(r/r₀−1)} − 2e^{−ρ₀(r/r₀−1)}] times a quintic switch from rcut1·r₀ to rcut2·r₀
    return {
        "form": "morse",
        "epsilon": float(p["epsilon"]),
        "lambda": float(p["r0"]),
        "steepness": float(p["rho0"]),
        "cutoff": float(p["rcut2"]),
        "smoothing": {"window": "quintic", "from": float(p["rcut1"])},
    }
