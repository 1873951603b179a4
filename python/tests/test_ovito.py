"""The OVITO modifier, with a stand-in for OVITO's data: its logic, not OVITO."""

import sys
import types
import unittest

import numpy as np

from .support import SMALL, SPATIAL, softfield


def stand_in():
    """Modules with the names that the modifier takes from OVITO and Traits."""
    pipeline, api = types.ModuleType("ovito.pipeline"), types.ModuleType("traits.api")
    pipeline.ModifierInterface = type("ModifierInterface", (), {"__init__": lambda self, **given: vars(self).update(given)})
    for name in ("Bool", "Enum", "Int", "Str"):
        setattr(api, name, lambda default, *_, **__: default)
    return {
        "ovito": types.ModuleType("ovito"),
        "ovito.pipeline": pipeline,
        "traits": types.ModuleType("traits"),
        "traits.api": api,
    }


class Property(np.ndarray):
    """An array with OVITO's element types."""


class Properties(dict):
    def __init__(self):
        super().__init__()
        self.bonds = None

    def create_property(self, name, data, components=None):
        self[name] = np.array(data)

    def create_bonds(self, count):
        self.bonds = Properties()
        self.bonds.count = count
        return self.bonds


class Cell(np.ndarray):
    """3×4: edges as columns, and the corner."""


def collection(configuration):
    d = configuration.dimension
    particles = Properties()
    positions = np.zeros((len(configuration), 3))
    positions[:, :d] = configuration.positions
    names = list(dict.fromkeys(configuration.species))
    kind = np.array([names.index(name) + 1 for name in configuration.species]).view(Property)
    kind.types = [types.SimpleNamespace(id=k + 1, name=name) for k, name in enumerate(names)]
    particles.update({"Position": positions, "Particle Type": kind})
    matrix = np.zeros((3, 4))
    matrix[2, 2] = 1
    matrix[:d, :d] = configuration.cell.T
    matrix[:d, 3] = configuration.origin
    cell = matrix.view(Cell)
    cell.pbc, cell.is2D = (True, True, d == 3), d == 2
    return types.SimpleNamespace(particles=particles, particles_=particles, cell=cell, attributes={})


class Modifier(unittest.TestCase):
    def setUp(self):
        before = {name: sys.modules.get(name) for name in stand_in()}
        sys.modules.update(stand_in())
        self.addCleanup(lambda: [sys.modules.pop(name) for name in before if before[name] is None])
        self.addCleanup(lambda: sys.modules.pop("softfield.ovito", None))
        from softfield.ovito import SoftfieldModifier

        self.modifier = SoftfieldModifier

    def test_properties_are_those_of_the_package(self):
        for file, model in ((SMALL, "2dipl"), (SPATIAL, "3dkablj")):
            with softfield.Glass(file, model) as glass:
                data = collection(glass.configuration)
                expected, spots = glass.lte(), glass.spots("debye-waller")
                soft = glass.indicator("debye-waller").values
            steps = list(self.modifier(model=model, indicator="debye-waller", bonds=True).modify(data, frame=0))
            self.assertEqual(len(steps), 3)
            found = data.particles
            np.testing.assert_array_equal(found["Local Thermal Energy"], expected.particles["lte"])
            np.testing.assert_array_equal(found["Softness"], soft)
            self.assertEqual(data.attributes["Softfield.Spots"], len(spots))
            rank = found["Soft Spot"]
            self.assertTrue(0 < (rank > 0).sum() < len(rank))
            self.assertLessEqual(rank.max(), len(spots))
            bonds = found.bonds
            np.testing.assert_array_equal(bonds["Local Thermal Energy"], expected.bonds["lte"])
            i, j = bonds["Topology"].T
            edges = np.asarray(data.cell)[:, :3].T
            along = found["Position"][j] - found["Position"][i] + bonds["Periodic Image"] @ edges
            np.testing.assert_allclose(np.linalg.norm(along, axis=1), expected.bonds["r"], rtol=1e-12)

    def test_a_map_of_types_and_what_is_missing(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            data = collection(glass.configuration)
            names = [kind.name for kind in data.particles["Particle Type"].types]
            for kind in data.particles["Particle Type"].types:
                kind.name = ""
        mapping = ",".join(f"{k + 1}={name}" for k, name in enumerate(names))
        list(self.modifier(model="2dipl", species=mapping).modify(data, frame=0))
        self.assertIn("Local Thermal Energy", data.particles)
        with self.assertRaisesRegex(ValueError, "choose a model"):
            list(self.modifier().modify(data, frame=0))


if __name__ == "__main__":
    unittest.main()
