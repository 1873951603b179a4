"""Energies and forces of ASE calculators and functions."""

import unittest

import numpy as np

from .support import softfield

try:
    import ase.build
    from ase.calculators.lj import LennardJones
except ImportError:  # pragma: no cover
    ase = None


def crystal():
    """A crystal with vacancies, at its minimum: atoms and their calculator."""
    calculator = LennardJones(sigma=1.0, epsilon=1.0, rc=1.7, ro=1.3, smooth=True)
    atoms = ase.build.bulk("Ar", "fcc", a=1.58, cubic=True).repeat(3)
    del atoms[[11, 60]]
    atoms.calc = calculator
    found = softfield.minimize(atoms)
    assert found.status == "converged", found.status
    atoms.positions = found.configuration.positions
    return atoms, calculator


@unittest.skipIf(ase is None, "ASE is missing")
class Calculators(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.atoms, cls.calculator = crystal()
        cls.own = softfield.lte(cls.atoms, cls.calculator)

    def test_energies_of_atoms_are_those_of_the_equal_model(self):
        found = softfield.lte(self.atoms, engine=self.calculator, soft_modes="all")
        expected = self.own.particles.lte
        self.assertGreater(np.ptp(expected), 0.2)
        np.testing.assert_allclose(found.particles.lte, expected, atol=1e-4)
        self.assertEqual(found.summary["samples"], 0)
        self.assertAlmostEqual(found.summary["sum"], found.summary["expected"], 3)

    def test_samples_say_their_errors_and_repeat(self):
        options = dict(soft_modes=40, samples=60, seed=3)
        first, again = (softfield.lte(self.atoms, engine=self.calculator, **options) for _ in range(2))
        self.assertEqual(first.particles.lte.tobytes(), again.particles.lte.tobytes())
        off = (first.particles.lte - self.own.particles.lte) / first.particles.lte_error
        self.assertTrue(0.3 < np.mean(off**2) < 3, np.mean(off**2))

    def test_modes_and_hessian(self):
        ours, theirs = softfield.modes(self.atoms, engine=self.calculator, count=4), softfield.modes(self.atoms, self.calculator, 4)
        np.testing.assert_allclose(ours.frequencies, theirs.frequencies, rtol=1e-6)
        apart = abs(softfield.hessian(self.atoms, engine=self.calculator) - softfield.hessian(self.atoms, self.calculator))
        self.assertLess(apart.max(), 1e-4)

    def test_a_turned_cell_turns_forces_back(self):
        atoms = self.atoms.copy()
        atoms.rotate(30, "z", rotate_cell=True)
        found = softfield.lte(atoms, engine=self.calculator, soft_modes="all")
        np.testing.assert_allclose(found.particles.lte, self.own.particles.lte, atol=1e-4)

    def test_the_atoms_keep_their_calculator_and_places(self):
        before = self.atoms.positions.copy()
        softfield.modes(self.atoms, engine=LennardJones(sigma=1.0, rc=1.7, ro=1.3, smooth=True), count=1)
        self.assertIs(self.atoms.calc, self.calculator)
        np.testing.assert_array_equal(self.atoms.positions, before)

    def test_what_a_calculator_raises_comes_through_and_the_process_stays(self):
        class Fault(RuntimeError):
            pass

        calls = [0]

        class Broken(LennardJones):
            def calculate(self, *args, **kwargs):
                calls[0] += 1
                if calls[0] == 5:
                    raise Fault("no more")
                super().calculate(*args, **kwargs)

        pid = softfield.session().pid
        with self.assertRaises(Fault):
            softfield.lte(self.atoms, engine=Broken(sigma=1.0, rc=1.7, ro=1.3, smooth=True))
        self.assertEqual(softfield.modes(self.atoms, engine=self.calculator, count=1).frequencies.shape, (1,))
        self.assertTrue(pid)


def springs(positions, cell):
    """A square lattice of springs with its diagonals."""
    edge = np.diag(cell)
    u = positions[None] - positions[:, None]
    u -= edge * np.round(u / edge)
    r = np.sqrt((u**2).sum(-1)) + 10 * np.eye(len(u))
    rest = np.where(r < 1.2, 1.0, np.sqrt(2))
    stretch = np.where(r < 1.6, r - rest, 0.0)
    energies = 0.25 * (stretch**2).sum(1)
    return energies.sum(), ((stretch / r)[..., None] * u).sum(1), energies


class Functions(unittest.TestCase):
    def setUp(self):
        x, y = np.meshgrid(np.arange(5.0), np.arange(5.0))
        self.given = {"positions": np.stack([x.ravel(), y.ravel()], 1), "cell": [5.0, 5.0], "species": ["A"] * 25}

    def test_a_function_is_an_engine(self):
        found = softfield.lte(self.given, engine=springs, soft_modes="all")
        np.testing.assert_allclose(found.particles.lte, 48 / 25, atol=1e-5)
        self.assertEqual(found.vectors.shape[1:], (25, 2))

    def test_without_energies_of_atoms_there_are_displacements(self):
        found = softfield.lte(self.given, engine=lambda x, cell: springs(x, cell)[:2], soft_modes=10, samples=4)
        self.assertNotIn("lte", found.particles)
        self.assertIn("debye_waller", found.particles)

    def test_refusals(self):
        with self.assertRaisesRegex(softfield.SoftfieldError, "slope of the energy"):
            softfield.lte(self.given, engine=lambda x, cell: (0.0, *springs(x, cell)[1:]))
        with self.assertRaisesRegex(softfield.SoftfieldError, "components of forces"):
            softfield.lte(self.given, engine=lambda x, cell: (0.0, np.zeros(3)))
        with self.assertRaises(softfield.UsageError):
            softfield.lte(self.given, engine=3)
        with self.assertRaises(softfield.UsageError):
            softfield.lte(self.given, engine=springs, nonsense=1)


if __name__ == "__main__":
    unittest.main()
