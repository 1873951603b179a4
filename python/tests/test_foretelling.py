"""What will happen to a glass: foretold, loaded, left alone."""

import tempfile
import unittest
from pathlib import Path

import numpy as np

from .support import Compared, run_command, softfield


class Foretelling(Compared):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.file = Path(folder.name) / "glass.extxyz"
        words = ("-n", "150", "--seed", "1", "--liquid-time", "1", "--anneal-time", "2", "--quiet")
        run_command("make", "--model", "2dipl", *words, "-o", cls.file)
        cls.glass = softfield.Glass(cls.file, "2dipl")
        cls.addClassCleanup(cls.glass.close)

    def test_predictions_with_a_field_of_ones_own(self):
        mine = np.sin(np.arange(150.0))
        mine[7] = np.nan
        table = softfield.write(self.folder / "mine.parquet", {"particle": np.arange(150), "mine": mine})
        options = {"events": 2, "angle": 30, "forecast": True, "follow": True}
        found = self.glass.predict(indicators=["lte", "softening"], scores={"-mine": mine}, **options)
        words = ("-n", "2", "--angle", "30", "--forecast", "--follow", "--indicators", "lte,softening")
        with self.written("predict", self.file, "--model", "2dipl", *words, "--table", table, "--score=-mine") as h5:
            self.same(h5, found.scores)
        self.assertEqual(list(found.spots), ["lte", "softening", "-mine"])
        self.assertTrue((found.scores["followed_rank"] > 0).any())
        self.assertEqual(found.forecast["strain"].tolist(), [one["strain"] for one in found.summary["forecast"]])
        # its parts are those that one gets one by one
        events = self.glass.shear(events=2, angle=30).events
        self.assertEqual(events["strain"].tobytes(), found.sheared.events["strain"].tobytes())
        for name in ("lte", "softening"):
            spots = self.glass.spots(name, angle=30, softening=False)
            self.assertEqual(found.fields[name].tobytes(), spots.field.tobytes())
            np.testing.assert_array_equal(found.spots[name]["x"], spots.table["x"])
        self.assertFalse(np.array_equal(found.fields["softening"], self.glass.spots("softening", softening=False).field))

    def test_what_makes_no_sense_is_refused(self):
        glass = self.glass
        with self.assertRaisesRegex(softfield.UsageError, "ask for it"):
            glass.predict(follow=True)
        with self.assertRaisesRegex(softfield.UsageError, r"shape \(2,\)"):
            glass.predict(scores={"mine": [1, 2]})
        with self.assertRaisesRegex(softfield.InputError, "the column mine holds no number"):
            glass.predict(scores={"mine": np.full(150, np.nan)})
        with self.assertRaisesRegex(softfield.InputError, "mine is infinite at particle 3"):
            glass.predict(scores={"-mine": np.where(np.arange(150) == 3, np.inf, 1.0)})
        with self.assertRaisesRegex(softfield.UsageError, "no indicator"):
            glass.predict(indicators=["softnes"])
        with self.assertRaisesRegex(softfield.UsageError, "surface is of the places that local follows"):
            glass.census(surface=4)
        with self.assertRaisesRegex(softfield.UsageError, "local = -1: give a whole number from 0"):
            glass.census(local=-1)
        with self.assertRaisesRegex(softfield.UsageError, "cycles needs an amplitude"):
            glass.shear(cycles=2)
        with self.assertRaisesRegex(softfield.UsageError, "exclude each other"):
            glass.shear(amplitude=0.01, events=3)
        with self.assertRaisesRegex(softfield.UsageError, "samples is of windows"):
            glass.lte(samples=32)
        with self.assertRaisesRegex(softfield.UsageError, "windows and derivative"):
            glass.lte(windows=6, derivative=True)
        with self.assertRaisesRegex(softfield.UsageError, "nothing beside it"):
            glass.spots("debye-waller", windows=6)
        with self.assertRaisesRegex(softfield.UsageError, "temperature must be positive, got 0"):
            glass.escape(0)
        with self.assertRaisesRegex(softfield.UsageError, "every must be positive, got -1"):
            glass.escape(0.1, runs=1, every=-1)
        with self.assertRaisesRegex(softfield.UsageError, "temperature is missing"):
            softfield.escape(glass)

    def test_yield_surfaces_and_true_barriers_of_the_census(self):
        found = self.glass.census(angle=30, modes=6, bonds=10, local=3, surface=3, barriers=6)
        words = ("--angle", "30", "--modes", "6", "--bonds", "10", "--local", "3", "--surface", "3", "--barriers", "6")
        with self.written("census", self.file, "--model", "2dipl", *words) as h5:
            self.same(h5["excitations"], found.table)
        self.assertIn("well_barrier", found.table)
        tried = np.isfinite([found.table[name] for name in found.table if name.startswith("local_at") or name == "local_threshold"])
        self.assertTrue(tried.any())
        self.assertFalse(tried[:, 3:].any())
        self.assertEqual([name for name in found.table if name.startswith("local_at")], ["local_at_0", "local_at_60", "local_at_120"])

    def test_ways_out(self):
        found = self.glass.escape(0.5, excitations=1, runs=1, max_time=40, seed=3)
        words = ("--temperature", "0.5", "--excitations", "1", "--runs", "1", "--max-time", "40", "--seed", "3")
        with self.written("escape", self.file, "--model", "2dipl", *words) as h5:
            self.same(h5, found.ways)
        self.assertGreater(len(found.ways), 0)
        self.assertEqual(found.saddles.shape, (len(found.ways), 150, 2))
        # the fields lead to the saddle and to the minimum behind it
        start = self.glass.configuration
        rest = softfield.evaluate(start, "2dipl").energy
        for k in range(len(found.ways)):
            parts = start.to_dict()
            saddle = softfield.evaluate({**parts, "positions": start.positions + found.saddles[k]}, "2dipl")
            other = softfield.evaluate({**parts, "positions": start.positions + found.minima[k]}, "2dipl")
            self.assertLess(abs(saddle.gradient).max(), 1e-6)
            self.assertAlmostEqual(saddle.energy - rest, found.ways["barrier"][k], 7)
            self.assertAlmostEqual(other.energy - rest, found.ways["difference"][k], 7)
        self.assertAlmostEqual(found.rate, found.ways["rate"].sum(), 12)


if __name__ == "__main__":
    unittest.main()
