"""Local thermal energies by windows, of glasses too large for an exact inverse."""

import unittest

import numpy as np

from .support import GLASS, Compared, softfield


class Windows(Compared):
    def test_windows(self):
        found = softfield.lte(GLASS, "2dipl", windows=6, samples=16, pieces=self.folder / "pieces")
        words = ("--model", "2dipl", "--windows", "6", "--samples", "16")
        with self.written("lte", GLASS, *words) as h5:
            self.same(h5["bonds"], found.bonds)
        again = softfield.lte(GLASS, "2dipl", windows=6, samples=16, pieces=self.folder / "pieces")
        self.assertEqual(again.bonds, found.bonds)
        spots = softfield.spots(GLASS, "2dipl", windows=6, samples=16)
        with self.written("spots", GLASS, *words) as h5:
            self.same(h5, spots.table, ("field", "field_raw", "entries", "kept"))
        exact = softfield.lte(GLASS, "2dipl").bonds["lte"]
        off = (found.bonds["lte"] - exact) / found.bonds["lte_error"]
        self.assertTrue(0.1 < np.mean(off**2) < 10, np.mean(off**2))


if __name__ == "__main__":
    unittest.main()
