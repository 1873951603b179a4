"""Configurations: from ASE, OVITO, dictionaries of arrays and files, and back."""

from __future__ import annotations

import dataclasses
import os
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np

from .errors import InputError, UsageError

#: What functions take as a configuration: ASE Atoms, an OVITO DataCollection, arrays by name, a file, or a Configuration.
ConfigurationLike = Union["Configuration", Mapping[str, Any], str, "os.PathLike[str]", Any]


@dataclasses.dataclass(frozen=True, eq=False)
class Configuration:
    """Particles in a periodic box, as softfield computes with them.

    Attributes
    ----------
    positions : ndarray (N, d)
        Unit λ, the model's length.
    cell : ndarray (d, d)
        Rows are the edges of the box, lower triangular.
    species : ndarray of str (N,)
        Names of the model's species.
    diameters, masses, charges : ndarray (N,) or None
        Of particles that have their own.
    ids : ndarray (N,) or None
        Of the file; particles are sorted by them.
    origin : ndarray (d,)
        A corner of the box.
    rotation : ndarray (d, d) or None
        Q with x = Q·x_given, where the edges given were not lower triangular.
    """

    positions: np.ndarray
    cell: np.ndarray
    species: np.ndarray
    diameters: Optional[np.ndarray] = None
    masses: Optional[np.ndarray] = None
    charges: Optional[np.ndarray] = None
    ids: Optional[np.ndarray] = None
    origin: Optional[np.ndarray] = None
    rotation: Optional[np.ndarray] = None

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def dimension(self) -> int:
        return int(self.positions.shape[1])

    def to_dict(self) -> Dict[str, np.ndarray]:
        """Arrays by name, as ``numpy.savez`` and ``softfield.lte`` take them."""
        return {key: value for key, value in dataclasses.asdict(self).items() if value is not None and key != "rotation"}

    def to_ase(self) -> Any:
        """ASE Atoms. Names that are no elements become ``X``; the names are in ``atoms.arrays["species"]``."""
        from ase import Atoms
        from ase.data import atomic_numbers

        n, d = self.positions.shape
        positions = np.zeros((n, 3))
        positions[:, :d] = self.positions if self.origin is None else self.positions - self.origin
        cell = np.zeros((3, 3))
        cell[:d, :d] = self.cell
        if d == 2:
            cell[2, 2] = 1.0
        atoms = Atoms(
            numbers=[atomic_numbers.get(str(name), 0) for name in self.species],
            positions=positions,
            cell=cell,
            pbc=[True] * d + [False] * (3 - d),
        )
        atoms.set_array("species", np.asarray(self.species))
        if self.diameters is not None:
            atoms.set_array("diameter", self.diameters)
        return atoms


def configuration_of(arrays: Mapping[str, np.ndarray], names: List[str]) -> Configuration:
    """From an answer of the process."""
    species = np.array(names)[arrays["species"]]
    optional = {key: arrays.get(key) for key in ("diameters", "masses", "charges", "ids", "origin", "rotation")}
    return Configuration(arrays["positions"], arrays["cell"], species, **optional)


def request_of(
    given: ConfigurationLike,
    *,
    frame: Union[int, str, None] = None,
    species: Optional[Mapping[Any, str]] = None,
    diameters: Optional[str] = None,
    box: Optional[Any] = None,
    atom_style: Optional[str] = None,
) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
    """The parameters and arrays by which a configuration is asked for."""
    asked: Dict[str, Any] = {}
    if species is not None:
        asked["species"] = {str(key): str(value) for key, value in species.items()}
    if isinstance(given, (str, os.PathLike)):
        asked["file"] = os.path.abspath(os.fspath(given))
        if frame is not None:
            asked.update({"last": True} if frame in (-1, "last") else {"frame": int(frame)})
        if diameters is not None:
            asked["diameters"] = diameters
        if atom_style is not None:
            asked["atomStyle"] = atom_style
        arrays = {} if box is None else {"box": np.asarray(box, float)}
        return asked, arrays
    if given is None:
        # what read_data of the model's LAMMPS script reads
        return asked, {}
    if frame is not None or box is not None or atom_style is not None:
        raise UsageError("frame, box and atom_style belong to files", {"field": "frame"})
    if isinstance(given, Configuration):
        parts = given.to_dict()
    elif isinstance(given, Mapping):
        parts = dict(given)
    elif hasattr(given, "get_positions") and hasattr(given, "get_cell"):
        parts = _of_ase(given)
    elif hasattr(given, "particles") and hasattr(given, "cell"):
        parts = _of_ovito(given)
    else:
        raise UsageError(
            f"{type(given).__name__} is no configuration: give ASE Atoms, an OVITO DataCollection, a dictionary of arrays "
            "(positions, cell, species or types), or a file",
            {"field": "configuration"},
        )
    arrays = _arrays_of(parts, asked, diameters)
    return asked, arrays


_PARTICLES = {"diameters": "diameter", "masses": "mass", "charges": "charge"}
_KNOWN = {"positions", "cell", "box", "species", "types", "origin", "pbc", "ids", "source", *_PARTICLES}


def _arrays_of(parts: Dict[str, Any], asked: Dict[str, Any], diameters: Optional[str]) -> Dict[str, np.ndarray]:
    if diameters is not None:
        if diameters not in parts:
            raise UsageError(f"there is no array {diameters!r} of diameters", {"field": "diameters"})
        parts = {**parts, "diameters": parts.pop(diameters)}
    unknown = sorted(str(key) for key in set(parts) - _KNOWN)
    if unknown:
        raise UsageError(
            f"a configuration has no array {unknown[0]!r}; there are {', '.join(sorted(_KNOWN - {'source', 'box'}))}",
            {"field": unknown[0]},
        )
    try:
        positions = np.asarray(parts["positions"], dtype=float)
        cell = np.asarray(parts.get("cell", parts.get("box")), dtype=float)
    except KeyError as missing:
        raise InputError(f"the configuration has no {missing.args[0]}", {"field": missing.args[0]}) from None
    except (TypeError, ValueError):
        raise InputError("positions and cell must be arrays of numbers", {"field": "positions"}) from None
    if positions.ndim != 2 or positions.shape[1] not in (2, 3):
        raise InputError(f"positions have the shape {positions.shape}; it must be (N, 2) or (N, 3)", {"field": "positions"})
    n, d = positions.shape
    if cell.ndim == 1 and cell.size in (2, 3):
        cell = np.diag(cell)
    if cell.shape not in ((2, 2), (3, 3)):
        raise InputError(
            f"the cell has the shape {cell.shape}; it must be ({d},), the edges, or ({d}, {d}), a row an edge", {"field": "cell"}
        )
    pbc = np.broadcast_to(np.asarray(parts.get("pbc", True), bool), (d,))
    flat = d == 3 and n > 0 and not cell[2].any() if cell.shape == (3, 3) else d == 3
    if flat and n > 0 and np.ptp(positions[:, 2]) == 0:
        positions, d = positions[:, :2], 2
    if cell.shape == (3, 3) and d == 2:
        cell = cell[:2, :2]
    if cell.shape != (d, d):
        raise InputError(f"the cell has the shape {cell.shape}, positions have {d} components", {"field": "cell"})
    arrays = {
        "positions": np.ascontiguousarray(positions),
        "cell": np.ascontiguousarray(cell),
        "periodic": pbc[:d].astype(np.uint8),
    }
    origin = parts.get("origin")
    if origin is not None:
        arrays["origin"] = np.ascontiguousarray(np.asarray(origin, float)[:d])
    for several, one in _PARTICLES.items():
        if parts.get(several) is not None:
            arrays[one] = np.asarray(parts[several], float)
    if parts.get("source") is not None:
        asked["source"] = str(parts["source"])
    _add_species(parts, asked, arrays)
    for name, array in arrays.items():
        if name in ("index", "types", *_PARTICLES.values()) and array.shape != (n,):
            what = {"index": "species", **{one: several for several, one in _PARTICLES.items()}}.get(name, name)
            raise InputError(f"{what}: an array of the shape {array.shape} for {n} particles", {"field": what})
    return arrays


def _add_species(parts: Mapping[str, Any], asked: Dict[str, Any], arrays: Dict[str, np.ndarray]) -> None:
    species, types = parts.get("species"), parts.get("types")
    if species is not None:
        named = np.asarray(species)
        if named.dtype.kind in "iu":
            raise InputError(
                "species are names; numbers of the model's species, from 1, are types", {"field": "species"}
            )
        names, first, index = np.unique(named.astype(str), return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        asked["names"] = [str(name) for name in names[order]]
        arrays["index"] = rank[index.reshape(-1)].astype(np.int32)
    if types is not None:
        numbers = np.asarray(types)
        if numbers.dtype.kind not in "iu":
            raise InputError("types are whole numbers from 1", {"field": "types"})
        arrays["types"] = numbers.astype(np.int32)


def _of_ase(atoms: Any) -> Dict[str, Any]:
    parts: Dict[str, Any] = {
        "positions": atoms.get_positions(),
        "cell": np.asarray(atoms.get_cell()),
        "pbc": np.asarray(atoms.get_pbc()),
        "source": "the atoms",
    }
    if atoms.has("species"):
        parts["species"] = atoms.get_array("species")
    else:
        parts["species"] = atoms.get_chemical_symbols()
    for name, factor in (("diameter", 1.0), ("radius", 2.0)):
        if atoms.has(name):
            parts["diameters"] = factor * np.asarray(atoms.get_array(name), float)
            break
    return parts


def _of_ovito(data: Any) -> Dict[str, Any]:
    particles = data.particles
    matrix = np.asarray(data.cell)
    parts: Dict[str, Any] = {
        "positions": np.asarray(particles["Position"]),
        # OVITO's columns are the edges, and the fourth is the corner
        "cell": matrix[:, :3].T,
        "origin": matrix[:, 3],
        "pbc": np.asarray(data.cell.pbc),
        "source": "the data collection",
    }
    if getattr(data.cell, "is2D", False):
        parts["positions"] = parts["positions"][:, :2]
        parts["cell"] = parts["cell"][:2, :2]
        parts["pbc"] = parts["pbc"][:2]
    if "Particle Type" in particles:
        column = particles["Particle Type"]
        kinds = {kind.id: kind.name for kind in column.types}
        numbers = np.asarray(column)
        if kinds and all(kinds.get(int(number)) for number in np.unique(numbers)):
            parts["species"] = np.array([kinds[int(number)] for number in numbers])
        else:
            parts["types"] = numbers
    if "Radius" in particles:
        parts["diameters"] = 2 * np.asarray(particles["Radius"], float)
    return parts
