"""Loads to and fro."""

import unittest

import h5py

from .support import SMALL, Compared, softfield


class Cycles(Compared):
    def test_loads_to_and_fro(self):
        found = softfield.shear(SMALL, "2dipl", amplitude=0.03, cycles=2, one_sided=True, displacements=True)
        words = ("--amplitude", "0.03", "--cycles", "2", "--one-sided")
        path = self.folder / "path.h5"
        with self.written("shear", SMALL, "--model", "2dipl", *words, "--path", path) as h5:
            self.same(h5, found.events)
        self.assertEqual(found.events["cycle"].max(), found.cycles[-1]["ordinal"])
        self.assertEqual(found.displacements.shape, (len(found.events), 400, 2))
        with h5py.File(path) as h5:
            self.same(h5, found.path)


if __name__ == "__main__":
    unittest.main()
