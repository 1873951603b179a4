"""The process: how it lives, is shared, interrupted, and ends."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import unittest

from .support import GLASS, SMALL, alive, run_python, softfield


def until(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def _in_child(queue):
    queue.put((softfield.session().pid, softfield.lte(SMALL, "2dipl").bonds["lte"].sum()))


#: Work that goes on for minutes unless it is stopped.
LONG = dict(events=10_000, max_strain=50.0)


class Process(unittest.TestCase):
    def test_it_ends_with_its_parent_however_that_ends(self):
        code = (
            "import softfield, sys, threading, time\n"
            f"glass = softfield.Glass({str(GLASS)!r}, '2dipl')\n"
            f"threading.Thread(target=lambda: glass.shear(**{LONG!r}), daemon=True).start()\n"
            "time.sleep(0.3)\n"
            "print(softfield.session().pid, flush=True)\n"
            "sys.stdin.read()\n"
        )
        for end in ("kill", "leave"):
            parent = run_python(code, stdin=-1)
            pid = int(parent.stdout.readline())
            self.assertTrue(alive(pid))
            if end == "kill":
                parent.kill()
            else:
                parent.stdin.close()
            parent.wait(20)
            if parent.stdin and not parent.stdin.closed:
                parent.stdin.close()
            self.assertTrue(until(lambda: not alive(pid)), end)
            parent.stdout.close()
            parent.stderr.close()

    def test_an_interrupt_stops_the_work_and_nothing_else(self):
        with softfield.Session() as session, softfield.Glass(GLASS, "2dipl", session=session) as glass:
            expected = glass.lte().bonds["lte"].tobytes()
            pid = session.pid
            timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
            timer.start()
            begun = time.monotonic()
            with self.assertRaises(KeyboardInterrupt):
                glass.shear(**LONG)
            self.assertLess(time.monotonic() - begun, 5)
            self.assertEqual(glass.lte().bonds["lte"].tobytes(), expected)
            self.assertEqual(session.pid, pid)

    def test_progress_is_told_and_may_stop_the_work(self):
        told = []

        def tell(stage, done, total, detail):
            told.append((stage, done, total))
            if len(told) > 2:
                raise RuntimeError("enough")

        with softfield.Glass(GLASS, "2dipl") as glass:
            with self.assertRaisesRegex(RuntimeError, "enough"):
                glass.shear(progress=tell, **LONG)
            self.assertEqual([stage for stage, _, _ in told], ["shear"] * 3)
            self.assertEqual(len(glass.modes(3).frequencies), 3)

    def test_a_process_that_dies_is_an_error_and_then_another_one(self):
        with softfield.Session() as session:
            glass = softfield.Glass(SMALL, "2dipl", session=session)
            expected = glass.lte().bonds["lte"].tobytes()
            first = session.pid
            threading.Timer(0.5, os.kill, (first, signal.SIGKILL)).start()
            with self.assertRaises(softfield.ResourceError):
                glass.shear(**LONG)
            self.assertEqual(glass.lte().bonds["lte"].tobytes(), expected)
            self.assertNotEqual(session.pid, first)

    def test_threads_share_it(self):
        expected = {n: softfield.modes(SMALL, "2dipl", n).frequencies.tobytes() for n in (2, 3, 4)}
        with softfield.Glass(SMALL, "2dipl") as glass:
            found = []

            def work(n):
                for _ in range(5):
                    found.append((n, glass.modes(n).frequencies.tobytes()))

            threads = [threading.Thread(target=work, args=(n,)) for n in expected]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(len(found), 15)
        for n, bits in found:
            self.assertEqual(bits, expected[n])

    @unittest.skipUnless(hasattr(os, "fork"), "a system without fork")
    def test_children_have_processes_of_their_own(self):
        expected = softfield.lte(SMALL, "2dipl").bonds["lte"].sum()
        glass = softfield.Glass(SMALL, "2dipl")
        context = multiprocessing.get_context("fork")
        queue = context.Queue()
        children = [context.Process(target=_in_child, args=(queue,)) for _ in range(2)]
        for child in children:
            child.start()
        answers = [queue.get(timeout=60) for _ in children]
        for child in children:
            child.join(60)
        pids = {pid for pid, _ in answers}
        self.assertEqual(len(pids), 2)
        self.assertNotIn(softfield.session().pid, pids)
        self.assertEqual([total for _, total in answers], [expected] * 2)
        self.assertTrue(until(lambda: not any(alive(pid) for pid in pids)))
        self.assertEqual(glass.lte().bonds["lte"].sum(), expected)
        glass.close()

    def test_what_is_closed_or_forgotten_is_let_go(self):
        with softfield.Session() as session:
            held = lambda: session.request("close", {"handle": 10**12})[0]["held"]  # noqa: E731
            glass = softfield.Glass(SMALL, "2dipl", session=session)
            again = softfield.Glass(SMALL, "2dipl", session=session)
            self.assertEqual(held(), 2)
            glass.close()
            glass.close()
            self.assertEqual(held(), 1)
            with self.assertRaisesRegex(softfield.UsageError, "closed"):
                glass.lte()
            del again
            gc.collect()
            self.assertEqual(held(), 0)

    def test_what_does_not_start_is_told_in_its_own_words(self):
        with self.assertRaisesRegex(softfield.ResourceError, "no program"):
            softfield.lte(SMALL, "2dipl", session=softfield.Session("/nowhere/softfield"))
        silent = softfield.Session([sys.executable, "-c", "import sys; sys.exit('out of order')"])
        with self.assertRaisesRegex(softfield.ResourceError, "out of order"):
            softfield.lte(SMALL, "2dipl", session=silent)


if __name__ == "__main__":
    unittest.main()
