"""A Python modifier for OVITO: local thermal energies, softness and soft spots as properties of particles and bonds.

In a script::

    from ovito.io import import_file
    from softfield.ovito import SoftfieldModifier

    pipeline = import_file("glass.data")
    pipeline.modifiers.append(SoftfieldModifier(model="2dipl"))
    data = pipeline.compute()
    data.particles["Local Thermal Energy"]

In OVITO Pro it appears under "Python modifiers" once this package is installed in its environment.
"""

from __future__ import annotations

from typing import Any, Iterator

import numpy as np
from ovito.pipeline import ModifierInterface
from traits.api import Bool, Enum, Int, Str

from .glass import Glass
from .session import session

__all__ = ["SoftfieldModifier"]


class SoftfieldModifier(ModifierInterface):
    """Computes the softness of a glass at an energy minimum.

    Particle properties: ``Local Thermal Energy`` (the interactions' E shared alike by their particles), ``Largest Local Thermal
    Energy``, ``Thermal Displacement`` (vector, λ/ε), ``Soft Spot`` (0, or the rank of the nearest spot within a bin's diagonal), and, for
    another indicator than ``lte``, ``Softness``. Bonds, where they are asked for: the interacting pairs with ``Local Thermal Energy``.
    Global attributes: ``Softfield.Spots``, ``Softfield.Residual``.
    """

    model = Str("", label="Model", desc="preset, model file or LAMMPS script")
    species = Str("", label="Species map", desc="types or names in the data to species of the model: 1=S,2=L")
    indicator = Enum(
        "lte", "modes", "debye-waller", "displacement", "energy", "nonaffinity", "softening", label="Soft spots by"
    )
    modes = Int(30, label="Normal modes", desc="that the indicator modes sums")
    bonds = Bool(False, label="Interacting pairs as bonds")

    def modify(self, data: Any, **_: Any) -> Iterator[str]:
        if not self.model:
            raise ValueError("choose a model: a preset such as 2dipl, or a model file")
        mapping = dict(pair.split("=", 1) for pair in self.species.split(",") if "=" in pair) or None
        yield "softfield: finding the minimum"
        with Glass(data, self.model, species=mapping, session=session()) as glass:
            yield "softfield: local thermal energies"
            energies = glass.lte()
            yield "softfield: soft spots"
            spots = glass.spots(self.indicator, modes=self.modes)
            particles = data.particles_
            shares = energies.particles
            _add(particles, "Local Thermal Energy", shares["lte"])
            _add(particles, "Largest Local Thermal Energy", shares["lte_max"])
            moved = np.zeros((len(glass), 3))
            for axis, name in enumerate("xyz"[: glass.dimension]):
                moved[:, axis] = shares[f"thermal_displacement_{name}"]
            _add(particles, "Thermal Displacement", moved, components=["X", "Y", "Z"])
            if self.indicator != "lte":
                values = glass.indicator(self.indicator, modes=self.modes)
                if values.of == "particles":
                    _add(particles, "Softness", values.values)
            _add(particles, "Soft Spot", _nearest_spot(glass, spots))
            if self.bonds:
                _add_bonds(particles, glass, energies.bonds)
            data.attributes["Softfield.Spots"] = len(spots)
            data.attributes["Softfield.Residual"] = glass.residual
            for warning in glass.warnings:
                print(f"softfield: {warning}")


def _add(particles: Any, name: str, values: np.ndarray, **options: Any) -> None:
    particles.create_property(name, data=values, **options)


def _nearest_spot(glass: Glass, spots: Any) -> np.ndarray:
    """Of every particle the rank of the spot that is nearest, 0 where none is within the diagonal of a bin."""
    cell = glass.cell
    inverse = np.linalg.inv(cell)
    edges = cell / np.array(spots.field.shape[::-1], float)[:, None]
    reach = np.sqrt((edges**2).sum())
    rank = np.zeros(len(glass), np.int32)
    least = np.full(len(glass), reach)
    for k, place in enumerate(spots.positions):
        away = (glass.positions - place) @ inverse
        away -= np.round(away)
        distance = np.sqrt(((away @ cell) ** 2).sum(axis=1))
        nearer = distance < least
        rank[nearer], least[nearer] = spots.table["rank"][k], distance[nearer]
    return rank


def _add_bonds(particles: Any, glass: Glass, bonds: Any) -> None:
    i, j = bonds["i"], bonds["j"]
    along = np.stack([bonds[f"d{axis}"] for axis in "xyz"[: glass.dimension]], axis=1)
    # whole edges between the bond's vector and the difference of the positions as they stand
    turns = np.zeros((len(i), 3), np.int32)
    apart = along - (glass.positions[j] - glass.positions[i])
    turns[:, : glass.dimension] = np.round(apart @ np.linalg.inv(glass.cell)).astype(np.int32)
    made = particles.create_bonds(count=len(i))
    made.create_property("Topology", data=np.stack([i, j], axis=1))
    made.create_property("Periodic Image", data=turns)
    made.create_property("Local Thermal Energy", data=bonds["lte"])
