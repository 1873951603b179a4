"""What is computed: the command's numbers bit for bit, and against independent ones."""

import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np
from scipy import sparse

from .support import GLASS, SMALL, SPATIAL, Compared, run_command, softfield


class AsTheCommand(Compared):
    """The same bits as in the files that the command writes."""

    def test_lte(self):
        for file, model in ((GLASS, "2dipl"), (SPATIAL, "3dkablj")):
            found = softfield.lte(file, model, derivative=True)
            with self.written("lte", file, "--model", model, "--derivative", "--force") as h5:
                self.same(h5["bonds"], found.bonds)
                self.same(h5["particles"], found.particles)

    def test_modes_and_averages(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            modes, averages = glass.modes(7), glass.observe()
        with self.written("modes", SMALL, "--model", "2dipl", "-n", "7") as h5:
            self.same(h5["modes"], modes.table)
            self.assertEqual(np.asarray(h5["vectors"]).tobytes(), modes.vectors.tobytes())
        with self.written("observe", SMALL, "--model", "2dipl") as h5:
            self.same(h5["particles"], averages.particles)
            self.same(h5["bonds"], averages.bonds)

    def test_what_strain_does_may_be_left_out(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            spots, features = glass.spots(bins=8, softening=False), glass.features([1], slopes=False)
            whole = glass.features([1])
        self.assertTrue(np.isnan(spots.table["yield_strain"]).all())
        self.assertEqual(spots.summary["unstrained"], "none were asked for")
        with self.written("spots", SMALL, "--model", "2dipl", "--bins", "8", "--no-softening") as h5:
            self.same(h5, spots.table, ("field", "field_raw", "entries", "kept"))
        self.assertEqual(list(features.columns), [name for name in whole.columns if not name.startswith("dlte_")])

    def test_spots_events_and_excitations(self):
        with softfield.Glass(GLASS, "2dipl") as glass:
            spots = glass.spots("debye-waller", bins=12)
            sheared = glass.shear(events=2)
            census = glass.census(angle=30, modes=4, bonds=4)
        with self.written("spots", GLASS, "--model", "2dipl", "--indicator", "debye-waller", "--bins", "12") as h5:
            self.same(h5, spots.table, ("field", "field_raw", "entries", "kept"))
            self.assertEqual(np.asarray(h5["field"]).tobytes(), spots.field.tobytes())
        with self.written("shear", GLASS, "--model", "2dipl", "-n", "2") as h5:
            self.same(h5, sheared.events)
        self.assertEqual(sheared.status, "complete")
        self.assertEqual(len(sheared.configuration), 1600)
        with self.written("census", GLASS, "--model", "2dipl", "--angle", "30", "--modes", "4", "--bonds", "4") as h5:
            self.same(h5["excitations"], census.table)
            self.assertEqual(np.asarray(h5["fields"]).tobytes(), census.fields.tobytes())
        self.assertEqual(census.fields.shape, (len(census.table), 1600, 2))

    def test_indicators_and_the_nonaffine_field(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            found, field = glass.indicators(["debye-waller", "lte"]), glass.nonaffine(angle=45)
            features = glass.features([1])
        np.testing.assert_array_equal(features["debye_waller"], found["particles"]["debye_waller"])
        self.assertIn("lte_g1", features)
        with self.written("indicators", SMALL, "--model", "2dipl", "--only", "debye-waller,lte") as h5:
            self.same(h5["particles"], found["particles"])
            self.same(h5["bonds"], found["bonds"])
        with self.written("nonaffine", SMALL, "--model", "2dipl", "--angle", "45") as h5:
            self.same(h5, field)

    def test_loads_by_their_names(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            stretched = glass.shear(load="tension", angle=30, events=2)
            pressed = glass.shear(load="simple", pressure=15, events=1)
            field = glass.nonaffine(load="compression", pressure=14)
            one = glass.indicator("nonaffinity", load="pure", angle=10)
            several = glass.indicators(["nonaffinity"], load="pure", angle=10)
            self.assertEqual(glass.shear(kind="tension", angle=30, events=2).events["strain"].tobytes(), stretched.events["strain"].tobytes())
            with self.assertRaisesRegex(softfield.UsageError, 'no load "tensoin", did you mean "tension"'):
                glass.shear(load="tensoin")
        np.testing.assert_array_equal(one.values, several["particles"]["nonaffinity"])
        with self.written("shear", SMALL, "--model", "2dipl", "--load", "tension", "--angle", "30", "-n", "2") as h5:
            self.same(h5, stretched.events)
        with self.written("shear", SMALL, "--model", "2dipl", "--pressure", "15", "-n", "1", "--force") as h5:
            self.same(h5, pressed.events)
        with self.written("nonaffine", SMALL, "--model", "2dipl", "--load", "compression", "--pressure", "14") as h5:
            self.same(h5, field)

    def test_glasses_made_from_seeds(self):
        short = {"liquid_time": 1, "anneal_time": 2}
        words = ("--model", "2dipl", "-n", "200", "--seed", "3", "--liquid-time", "1", "--anneal-time", "2", "--quiet")
        for more, options in (((), {}), (("--pressure", "14"), {"pressure": 14})):
            made = softfield.make("2dipl", 200, 3, **short, **options)
            path = self.folder / f"glass{len(more)}.extxyz"
            run_command("make", *words, *more, "-o", path)
            with softfield.Glass(path, "2dipl") as glass:
                self.assertEqual(made.configuration.positions.tobytes(), glass.positions.tobytes())
                self.assertEqual(made.configuration.cell.tobytes(), glass.cell.tobytes())
        self.assertEqual(made.status, "converged")
        free = softfield.minimize(made.configuration, "2dipl", pressure=14)
        self.assertAlmostEqual(free.summary["swelling"], 1, places=10)
        swapped = softfield.make("poly2d", 200, 1, protocol="swap", temperature=0.1, sweeps=40, liquid_time=1)
        self.assertEqual(swapped.summary["equilibration"]["status"], "aged")
        self.assertEqual(len(swapped.configuration.diameters), 200)
        with self.assertRaisesRegex(softfield.NumericsError, "was not equilibrated"):
            softfield.make("poly2d", 200, 1, protocol="swap", temperature=0.1, sweeps=40, liquid_time=1, equilibrated=True)
        with self.assertRaisesRegex(softfield.UsageError, "there is no option sweps"):
            softfield.make("poly2d", 200, 1, protocol="swap", sweps=40)

    def test_tables_of_ones_own(self):
        path = self.folder / "own.h5"
        columns = {"ensemble": ["a", "a", "b"], "seed": [1, 1, 2], "value": np.array([0.5, -1.25, np.pi])}
        self.assertEqual(softfield.write(path, columns), str(path))
        with h5py.File(path) as h5:
            self.assertEqual([word.decode() for word in h5["ensemble"]], columns["ensemble"])
            self.assertEqual(list(h5["seed"]), columns["seed"])
            self.assertEqual(np.asarray(h5["value"]).tobytes(), columns["value"].tobytes())
        with self.assertRaisesRegex(softfield.SoftfieldError, "is there already"):
            softfield.write(path, columns)
        with self.assertRaisesRegex(softfield.UsageError, "column seed has 2 values"):
            softfield.write(path, {"value": [1.0, 2, 3], "seed": [1, 2]}, force=True)
        with self.assertRaisesRegex(softfield.UsageError, "one value a row"):
            softfield.write(path, {"value": np.zeros((2, 2))}, force=True)

    def test_arrays_and_atoms_are_as_good_as_the_file(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            expected = glass.lte().bonds
            found = glass.configuration
        parts = {"positions": found.positions, "cell": np.diag(found.cell), "species": list(found.species)}
        self.assertEqual(softfield.lte(parts, "2dipl").bonds["lte"].tobytes(), expected["lte"].tobytes())
        types = {"positions": found.positions, "cell": found.cell, "types": np.where(found.species == "S", 1, 2)}
        self.assertEqual(softfield.lte(types, "2dipl").bonds["lte"].tobytes(), expected["lte"].tobytes())
        self.assertEqual(softfield.lte(found.to_ase(), "2dipl").bonds["lte"].tobytes(), expected["lte"].tobytes())


class AgainstOthers(unittest.TestCase):
    def test_the_hessian_is_the_derivative_of_the_gradient(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            hessian = glass.hessian()
            start = glass.configuration.to_dict()
        self.assertEqual(hessian.shape, (800, 800))
        self.assertEqual(abs(hessian - hessian.T).max(), 0)
        rng = np.random.default_rng(3)
        move = rng.normal(size=start["positions"].shape)
        h = 1e-5
        ends = [softfield.evaluate({**start, "positions": start["positions"] + s * h * move}, "2dipl").gradient for s in (1, -1)]
        expected = (ends[0] - ends[1]) / (2 * h)
        self.assertLess(abs(hessian @ move.ravel() - expected.ravel()).max(), 1e-6 * abs(expected).max())

    def test_solutions_and_the_entries_of_the_pseudoinverse(self):
        for file, model in ((SMALL, "2dipl"), (SPATIAL, "3dkablj")):
            with softfield.Glass(file, model) as glass:
                hessian, inverse = glass.hessian(), glass.selected_inverse()
                kept = np.setdiff1d(np.arange(len(glass)), glass.rattlers)
                rows = (kept[:, None] * glass.dimension + np.arange(glass.dimension)).ravel()
                dense = np.linalg.pinv(hessian.toarray()[np.ix_(rows, rows)], rcond=1e-9, hermitian=True)
                whole = np.zeros(hessian.shape)
                whole[np.ix_(rows, rows)] = dense
                entries = inverse.tocoo()
                self.assertLess(abs(entries.data - whole[entries.row, entries.col]).max(), 1e-9 * abs(dense).max())
                force = np.random.default_rng(1).normal(size=(2, *glass.positions.shape))
                x = glass.solve(force)
            self.assertEqual(x.shape, force.shape)
            moved = x.reshape(2, -1)[:, rows]
            centred = force.reshape(2, -1, glass.dimension)[:, kept]
            centred = centred - centred.mean(axis=1, keepdims=True)
            self.assertLess(abs(moved - centred.reshape(2, -1) @ dense).max(), 1e-8 * abs(moved).max())

    def test_own_matrices(self):
        rng = np.random.default_rng(7)
        n = 151
        a = sparse.random(n, n, 0.03, random_state=4)
        matrix = (a + a.T + sparse.diags(rng.uniform(3, 4, n))).tocsr()
        inverse = np.linalg.inv(matrix.toarray())
        for block in (None, 2, 3, 4):
            with softfield.Factor(matrix, block=block) as factor:
                found = factor.selected_inverse().tocoo()
                self.assertLess(abs(found.data - inverse[found.row, found.col]).max(), 1e-13 * abs(inverse).max())
                self.assertEqual(found.nnz, matrix.nnz)
                b = rng.normal(size=(n, 3))
                self.assertLess(abs(factor.solve(b) - inverse @ b).max(), 1e-13 * abs(inverse @ b).max())
                np.testing.assert_array_equal(factor.solve(b[:, 0]), factor.solve(b)[:, 0])
                self.assertAlmostEqual(factor.logdet, np.linalg.slogdet(matrix.toarray())[1], places=10)
        with self.assertRaises(softfield.NumericsError):
            softfield.selected_inverse(matrix - 4 * sparse.eye(n))
        with self.assertRaisesRegex(softfield.InputError, "symmetric"):
            softfield.selected_inverse(sparse.tril(matrix))

    def test_minimisation(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            parts = glass.configuration.to_dict()
            energy = softfield.evaluate(glass.configuration, "2dipl").energy
        parts["positions"] = parts["positions"] + np.random.default_rng(2).normal(scale=0.01, size=parts["positions"].shape)
        with self.assertRaises(softfield.NotAMinimumError):
            softfield.Glass({**parts, "positions": parts["positions"] * 1.05, "cell": parts["cell"] * 1.05}, "2dipl", refine=False)
        found = softfield.minimize(parts, "2dipl")
        self.assertEqual(found.status, "converged")
        self.assertLess(abs(found.energy - energy), 1e-9 * abs(energy))
        self.assertLess(abs(softfield.evaluate(found.configuration, "2dipl").gradient).max(), 1e-9)

    def test_a_turned_cell_gives_the_same_energies(self):
        with softfield.Glass(SPATIAL, "3dkablj") as glass:
            parts, expected = glass.configuration.to_dict(), glass.lte().bonds["lte"]
        turn = np.linalg.qr(np.random.default_rng(5).normal(size=(3, 3)))[0]
        turn *= np.linalg.det(turn)
        turned = {**parts, "positions": parts["positions"] @ turn.T, "cell": parts["cell"] @ turn.T, "origin": turn @ parts["origin"]}
        with softfield.Glass(turned, "3dkablj") as glass:
            found = glass.lte().bonds["lte"]
            self.assertIsNotNone(glass.configuration.rotation)
        self.assertLess(abs(found - expected).max(), 1e-7 * abs(expected).max())


class Tables(unittest.TestCase):
    def test_columns_by_name_units_and_shapes(self):
        bonds = softfield.lte(SMALL, "2dipl").bonds
        self.assertEqual(bonds.units["r"], "λ")
        self.assertIs(bonds.lte, bonds["lte"])
        structured = bonds.to_structured()
        self.assertEqual(structured.dtype.names, tuple(bonds.columns))
        np.testing.assert_array_equal(structured["lte"], bonds.lte)
        self.assertEqual(len(bonds), len(bonds.lte))
        with self.assertRaisesRegex(AttributeError, "there are i, j, lte"):
            bonds.energy


if __name__ == "__main__":
    unittest.main()
