"""What configurations do at a temperature: the command's numbers bit for bit, and how long runs are stopped."""

import os
import signal
import unittest

import numpy as np

from .support import SMALL, SPATIAL, Compared, softfield


class AsTheCommand(Compared):
    def test_flow(self):
        flow = {"rate": -5e-3, "temperature": 0.05, "max_strain": 0.02, "every": 0.005, "seed": 4, "plane": "xz"}
        found = softfield.deform(SPATIAL, "3dkablj", inherent=True, **flow)
        words = [f"--{key.replace('_', '-')}={value}" for key, value in flow.items()]
        with self.written("deform", SPATIAL, "--model", "3dkablj", *words, "--inherent") as h5:
            self.same(h5, found.path)
        path = found.path
        np.testing.assert_allclose(path["strain"], -0.005 * np.arange(5), atol=1e-12)
        self.assertEqual(len(found.configuration), 400)
        # the last configuration is that of the last row, in the sheared box
        last = softfield.evaluate(found.configuration, "3dkablj")
        self.assertAlmostEqual(last.energy, path["energy"][-1], 8)
        self.assertAlmostEqual(found.configuration.cell[2, 0], -0.02 * found.configuration.cell[2, 2], 9)
        self.assertEqual(found.summary["flow"]["plane"], "xz")

    def test_propensities(self):
        runs = {"temperature": 0.2, "runs": 3, "seed": 5}
        found = softfield.propensity(SMALL, "2dipl", times=[0.1, 0.25], **runs)
        words = [f"--{key}={value}" for key, value in runs.items()]
        with self.written("propensity", SMALL, "--model", "2dipl", "--times", "0.1,0.25", *words) as h5:
            self.same(h5, found.table)
        self.assertEqual((found.mean.shape, found.times.tolist()), ((2, 400), [0.1, 0.25]))
        np.testing.assert_array_equal(found.mean[1], found.table["propensity_0.25"])
        np.testing.assert_array_equal(found.error[0], found.table["error_0.1"])

    def test_a_glass_starts_where_it_was_given(self):
        given = softfield.Glass(SMALL, "2dipl").configuration.to_dict()
        moved = {**given, "positions": given["positions"] + np.random.default_rng(1).normal(scale=1e-3, size=(400, 2))}
        flow = {"rate": 1e-2, "temperature": 0.1, "max_strain": 0.01, "every": 0.01}
        with softfield.Glass(moved, "2dipl") as glass:
            self.assertGreater(glass.moved, 1e-4)
            paths = [softfield.deform(*one, **flow).path for one in ((glass,), (moved, "2dipl"))]
            with self.assertRaisesRegex(softfield.UsageError, "has its model"):
                softfield.deform(glass, "2dipl", **flow)
        self.assertEqual(paths[0], paths[1])
        with self.assertRaisesRegex(softfield.UsageError, "closed"):
            softfield.deform(glass, **flow)

    def test_atoms_of_ase_in_and_out(self):
        from ase import Atoms
        from ase.calculators.lj import LennardJones

        grid = np.stack(np.meshgrid(*[np.arange(4)] * 3), -1).reshape(-1, 3) * 1.1
        atoms = Atoms("Ar64", positions=grid, cell=[4.4] * 3, pbc=True)
        atoms.calc = LennardJones(sigma=1.0, epsilon=1.0, rc=2.1, ro=1.6, smooth=True)
        found = softfield.deform(atoms, rate=0.1, temperature=1.0, max_strain=0.05, every=0.05)
        after = found.configuration.to_ase()
        after.calc = atoms.calc
        self.assertAlmostEqual(after.get_potential_energy(), found.path["energy"][-1], 8)
        self.assertEqual(softfield.propensity(atoms, temperature=1.0, times=[0.05], runs=2).mean.shape, (1, 64))


class Refusals(unittest.TestCase):
    def test_numbers_that_make_no_sense(self):
        given = (SMALL, "2dipl")
        for kind, pattern, work in (
            (softfield.deform, "rate = nan: give a finite number", {"rate": float("nan"), "temperature": 1}),
            (softfield.deform, "rate must be a number other than 0", {"rate": 0, "temperature": 1}),
            (softfield.deform, "temperature must not be negative", {"rate": 1e-3, "temperature": -1}),
            (softfield.deform, "does not say its units", {"rate": 1e-3, "temperature": "300K"}),
            (softfield.deform, "every = 0: give a positive number", {"rate": 1e-3, "temperature": 0.1, "every": 0}),
            (softfield.deform, "plane must be xy", {"rate": 1e-3, "temperature": 0.1, "plane": "yz"}),
            (softfield.deform, "no option speed", {"rate": 1e-3, "temperature": 0.1, "speed": 1}),
            (softfield.propensity, "runs = 1: give a whole number from 2", {"temperature": 0.1, "runs": 1}),
            (softfield.propensity, "times must be positive and ascending", {"temperature": 0.1, "times": [2, 1]}),
            (softfield.propensity, "times must be positive and ascending", {"temperature": 0.1, "times": []}),
            (softfield.propensity, "temperature must be positive", {"temperature": 0}),
        ):
            with self.assertRaisesRegex(softfield.UsageError, pattern):
                kind(*given, **work)

    def test_checkpoints_that_cannot_be(self):
        for kind, work in ((softfield.deform, {"rate": 1e-2, "temperature": 0.1}), (softfield.propensity, {"temperature": 0.1})):
            with self.assertRaisesRegex(softfield.InputError, "can't read it"):
                kind(SMALL, "2dipl", checkpoint=SMALL.parent, **work)
            with self.assertRaisesRegex(softfield.UsageError, "its folder does not exist"):
                kind(SMALL, "2dipl", checkpoint=SMALL.parent / "nowhere" / "one", **work)


class Interrupts(Compared):
    """Ctrl-C stops the work, leaves the process and a checkpoint, from which the same call goes on to the same bits."""

    def go_on(self, session, work, table):
        whole = work()
        checkpoint = self.folder / "checkpoint"
        told = []

        def stop(stage, done, total, detail):
            told.append(done)
            if len(told) == 2:
                os.kill(os.getpid(), signal.SIGINT)

        pid = session.pid
        with self.assertRaises(KeyboardInterrupt):
            work(checkpoint=checkpoint, progress=stop)
        # at once: a script that ends here takes the process with it
        self.assertTrue(checkpoint.exists())
        again = []
        rest = work(checkpoint=checkpoint, progress=lambda _stage, done, _total, _detail: again.append(done))
        self.assertGreater(again[0], told[0])
        self.assertEqual(table(rest), table(whole))
        self.assertFalse(checkpoint.exists())
        self.assertEqual(session.pid, pid)

    def test_of_flows(self):
        with softfield.Session(threads=1) as session:

            def work(**more):
                flow = {"rate": 1e-3, "temperature": 0.05, "max_strain": 0.02, "every": 0.001, "inherent": True}
                return softfield.deform(SMALL, "2dipl", session=session, **flow, **more)

            self.go_on(session, work, lambda found: found.path)

    def test_of_ensembles(self):
        with softfield.Session(threads=2) as session:

            def work(**more):
                return softfield.propensity(SMALL, "2dipl", temperature=0.2, times=[4], runs=30, session=session, **more)

            self.go_on(session, work, lambda found: found.table)

    def test_of_loads(self):
        loads = (
            ({"events": 5, "load": "tension", "displacements": True}, 1),
            # a turning point is behind it
            ({"amplitude": 0.03, "cycles": 3, "displacements": True}, 1),
        )
        with softfield.Session(threads=1) as session:
            for load, enough in loads:

                def work(**more):
                    return softfield.shear(SMALL, "2dipl", session=session, **load, **more)

                whole = work()
                checkpoint = self.folder / "load.checkpoint"

                def stop(stage, done, total, detail):
                    if done >= enough:
                        os.kill(os.getpid(), signal.SIGINT)

                with self.assertRaises(KeyboardInterrupt):
                    work(checkpoint=checkpoint, progress=stop)
                self.assertEqual(session.request("about", {})[0]["softfield"], session.version)
                self.assertTrue(checkpoint.exists())
                with self.assertRaisesRegex(softfield.UsageError, "the checkpoint is of another run"):
                    softfield.shear(SMALL, "2dipl", session=session, **{**load, "step": 5e-4}, checkpoint=checkpoint)
                again = []
                rest = work(checkpoint=checkpoint, progress=lambda _stage, done, _total, _detail: again.append(done))
                self.assertGreaterEqual(again[0], enough)
                self.assertEqual((rest.events, rest.path), (whole.events, whole.path))
                np.testing.assert_array_equal(rest.displacements, whole.displacements)
                self.assertFalse(checkpoint.exists())


if __name__ == "__main__":
    unittest.main()
