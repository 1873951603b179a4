"""Configurations and models of other programs, and what is refused."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from .support import SMALL, softfield


def gas(n=64, seed=1, edge=6.0):
    """A configuration that is no minimum, no two of its particles too close."""
    grid = np.stack(np.meshgrid(*[np.arange(4)] * 3), -1).reshape(-1, 3)[:n] * (edge / 4)
    return grid + np.random.default_rng(seed).uniform(-0.2, 0.2, (n, 3)), edge


class Calculators(unittest.TestCase):
    def compare(self, calculator, symbols="Ar64"):
        from ase import Atoms

        positions, edge = gas()
        atoms = Atoms(symbols, positions=positions, cell=[edge] * 3, pbc=True, calculator=calculator)
        found = softfield.evaluate(atoms)
        energy, forces = atoms.get_potential_energy(), atoms.get_forces()
        self.assertLess(abs(found.energy - energy), 1e-12 * abs(energy))
        self.assertLess(abs(found.gradient + forces).max(), 1e-12 * abs(forces).max())

    def test_lennard_jones(self):
        from ase.calculators.lj import LennardJones

        self.compare(LennardJones(sigma=1.1, epsilon=0.7, rc=2.4))
        self.compare(LennardJones(sigma=1.0, epsilon=0.7, rc=2.7, ro=2.0, smooth=True))
        self.compare(LennardJones(sigma=0.9), "Ar32Kr32")

    def test_morse(self):
        from ase.calculators.morse import MorsePotential

        self.compare(MorsePotential(epsilon=0.8, r0=1.1, rho0=5.0, rcut1=1.7, rcut2=2.4))

    def test_others_are_refused_by_name(self):
        from ase.calculators.emt import EMT

        with self.assertRaisesRegex(softfield.ModelError, "EMT"):
            softfield.model(EMT())

        class LennardJones:
            """Of another module: what it computes is not known."""

            parameters = {"sigma": 1.0, "epsilon": 1.0}

            def calculate(self):
                pass

        with self.assertRaises(softfield.ModelError):
            softfield.model(LennardJones())


class Models(unittest.TestCase):
    def test_by_name_dictionary_file_and_itself(self):
        preset = softfield.model("2dipl")
        self.assertIn("2dipl", softfield.models())
        self.assertEqual(softfield.model(preset.definition), preset)
        self.assertEqual(softfield.model(preset), preset)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mine.json"
            path.write_text(json.dumps(preset.definition))
            self.assertEqual(softfield.model(path).definition, preset.definition)
            self.assertEqual(softfield.model(str(path)).definition, preset.definition)
        arrays = {**preset.definition, "lambda": np.array(preset.definition["lambda"])}
        self.assertEqual(softfield.model(arrays).definition, preset.definition)

    def test_a_lammps_script_with_and_without_the_configuration(self):
        positions, edge = gas(edge=4.6)
        model = {"name": "lj", "species": ["A"], "form": "lennard-jones", "lambda": 1.0, "cutoff": 2.5, "smoothing": "force-shifted"}
        start = {"positions": positions, "cell": [edge] * 3, "types": np.ones(64, int)}
        found = softfield.minimize(start, model)
        self.assertEqual(found.status, "converged")
        rows = [f"{k + 1} 1 " + " ".join(map(repr, map(float, x))) for k, x in enumerate(found.configuration.positions)]
        sides = [f"0 {edge} {axis}lo {axis}hi" for axis in "xyz"]
        with tempfile.TemporaryDirectory() as folder:
            data, script = Path(folder) / "g.data", Path(folder) / "in.lj"
            data.write_text("\n".join(["LAMMPS", "", "64 atoms", "1 atom types", "", *sides, "", "Atoms # atomic", "", *rows, ""]))
            script.write_text("units lj\natom_style atomic\nread_data g.data\npair_style lj/smooth/linear 2.5\npair_coeff 1 1 1 1\n")
            energies = [
                softfield.lte(None, script).bonds["lte"],
                softfield.lte(data, script).bonds["lte"],
                softfield.lte(data, model).bonds["lte"],
            ]
        np.testing.assert_array_equal(energies[0], energies[1])
        np.testing.assert_allclose(energies[0], energies[2], rtol=1e-9, atol=1e-9)

    def test_faults_tell_code_and_place(self):
        with self.assertRaises(softfield.ModelError) as caught:
            softfield.model({"name": "x", "species": ["A"], "form": "lennard-jones", "cutoff": -1})
        self.assertEqual(caught.exception.code, "model")
        self.assertIn("cutoff", str(caught.exception))
        with self.assertRaisesRegex(softfield.ModelError, "Did you mean 2dipl"):
            softfield.model("2dpl")
        with self.assertRaises(softfield.ModelError):
            softfield.lte(SMALL)


class Refusals(unittest.TestCase):
    def refused(self, kind, pattern, parts, model="2dipl", **options):
        with self.assertRaisesRegex(kind, pattern):
            softfield.lte(parts, model, **options)

    def test_of_arrays(self):
        x, edge = gas()
        flat, cell = x[:, :2], [edge, edge]
        self.refused(softfield.InputError, "no positions", {"cell": cell})
        self.refused(softfield.InputError, r"shape \(64,\)", {"positions": x[:, 0], "cell": cell})
        self.refused(softfield.InputError, "cell", {"positions": flat, "cell": [[1.0]], "species": ["S"] * 64})
        self.refused(softfield.InputError, "species", {"positions": flat, "cell": cell, "species": ["S"] * 63})
        self.refused(softfield.InputError, "types", {"positions": flat, "cell": cell, "species": [1] * 64})
        self.refused(softfield.UsageError, "velocity", {"positions": flat, "cell": cell, "velocity": flat})
        hole = flat.copy()
        hole[5, 1] = np.nan
        self.refused(softfield.InputError, "y is null|y is NaN", {"positions": hole, "cell": cell, "species": ["S"] * 64})
        self.refused(softfield.ModelError, "Q", {"positions": flat, "cell": cell, "species": ["Q"] * 64})
        self.refused(softfield.UsageError, "no configuration", 17)
        self.refused(softfield.GeometryError, "periodic", {"positions": flat, "cell": cell, "species": ["S"] * 64, "pbc": [True, False]})

    def test_of_files_name_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "broken.extxyz"
            path.write_text(SMALL.read_text().replace("S ", "S x", 1))
            with self.assertRaises(softfield.InputError) as caught:
                softfield.lte(path, "2dipl")
        self.assertEqual(caught.exception.file, str(path))
        self.assertIsInstance(caught.exception.line, int)
        self.refused(softfield.InputError, "no such file", "/nowhere/at/all.data")

    def test_of_options(self):
        with self.assertRaises(TypeError):
            softfield.lte(SMALL, "2dipl", derivatives=True)
        with softfield.Glass(SMALL, "2dipl") as glass:
            self.refused(softfield.UsageError, "model", glass)
            with self.assertRaisesRegex(softfield.UsageError, "there is no indicator"):
                glass.indicator("softness")
            with self.assertRaisesRegex(softfield.UsageError, "one of fire|fire"):
                glass.shear(minimizer="steepest")
            with self.assertRaisesRegex(softfield.UsageError, "whole number"):
                glass.modes(1.5)
            with self.assertRaises(softfield.UsageError):
                glass.modes(0)


if __name__ == "__main__":
    unittest.main()
