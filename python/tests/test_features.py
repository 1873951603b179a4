"""The linear baseline, and crystals."""

import unittest

import h5py
import numpy as np

from .support import SMALL, Compared, run_command, softfield


class Fits(Compared):
    def test_a_baseline_is_that_of_the_command_and_goes_to_and_fro(self):
        with softfield.Glass(SMALL, "2dipl") as glass:
            target = glass.observe().particles["pressure"]
            fit = softfield.fit([glass], [target], name="mine", widths=[1], slopes=False)
            predicted = fit.predict(glass)
            told = fit.agreements(glass, target)
            with self.assertRaisesRegex(softfield.UsageError, r"targets\[0\] has the shape"):
                softfield.fit([glass], [target[:-1]])
        table = softfield.write(self.folder / "mine.parquet", {"mine": target})
        words = ("features", SMALL, "--model", "2dipl", "--widths", "1", "--no-slopes", "--table", table)
        summary = self.told(*words, "--fit", "mine")
        self.assertEqual([fit.models, fit.features], [summary["fit"][key] for key in ("models", "features")])
        self.assertEqual([fit.worth, fit.left], [summary["worth"], summary["left"]])
        fit.save(self.folder / "own.json")
        out = self.folder / "told.h5"
        agreed = self.told(*words, "--apply", self.folder / "own.json", "-o", out)
        with h5py.File(out) as h5:
            self.assertEqual(np.asarray(h5["predicted"]).tobytes(), predicted.tobytes())
        self.assertEqual(agreed["agreements"], [told])
        run_command(*words, "--fit", "mine", "-o", self.folder / "theirs.json")
        theirs = softfield.load_fit(self.folder / "theirs.json")
        self.assertEqual(theirs.predict(SMALL, "2dipl").tobytes(), predicted.tobytes())
        with self.assertRaisesRegex(softfield.InputError, "holds no fit"):
            softfield.load_fit(SMALL)


    def test_glasses_of_a_fit_share_their_widths(self):
        small = softfield.make("2dipl", 100, 1, protocol="instantaneous", liquid_time=1).configuration
        with softfield.Glass(SMALL, "2dipl") as glass, softfield.Glass(small, "2dipl") as other:
            targets = [one.observe().particles["pressure"] for one in (glass, other)]
            fit = softfield.fit([glass, other], targets, slopes=False)
        self.assertIn("lte_g1", fit.features)
        self.assertNotIn("lte_g2", fit.features)


class Crystals(Compared):
    def test_crystals(self):
        found = softfield.crystal("3dkablj", "fcc", cells=2, species="A", density=1.2)
        summary = self.told("crystal", "--model", "3dkablj", "--lattice", "fcc", "--cells", "2", "--density", "1.2")
        self.assertEqual(found.summary, summary)
        self.assertEqual(found.configuration.positions.shape, (32, 3))
        energy = softfield.evaluate(found.configuration, "3dkablj").energy
        self.assertAlmostEqual(energy / 32, found.summary["energyPerParticle"], 12)
        with self.assertRaisesRegex(softfield.UsageError, "--species C|species"):
            softfield.crystal("3dkablj", species="C")


if __name__ == "__main__":
    unittest.main()
