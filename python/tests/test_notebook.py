"""The notebook runs from its first cell to its last: in Jupyter where it is there, else cell by cell in plain Python."""

import json
import os
import sys
import types
import unittest
from unittest import mock

from .support import PYTHON

NOTEBOOK = PYTHON / "examples" / "softfield.ipynb"


def in_jupyter():
    try:
        import nbclient
        import nbformat
    except ImportError:
        return False
    env = {**os.environ, "PYTHONPATH": str(PYTHON)}
    with mock.patch.dict(os.environ, env):
        nbclient.NotebookClient(nbformat.read(NOTEBOOK, 4), timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    return True


def cell_by_cell():
    stand_ins = {}
    try:
        import matplotlib

        matplotlib.use("agg")
    except ImportError:
        plt = mock.MagicMock()
        plt.subplots.return_value = (mock.MagicMock(), mock.MagicMock())
        home = types.ModuleType("matplotlib")
        home.pyplot = plt
        stand_ins = {"matplotlib": home, "matplotlib.pyplot": plt}
    names = {"__name__": "__main__"}
    before = os.getcwd()
    os.chdir(NOTEBOOK.parent)
    try:
        with mock.patch.dict(sys.modules, stand_ins):
            for number, cell in enumerate(json.loads(NOTEBOOK.read_text())["cells"]):
                if cell["cell_type"] == "code":
                    exec(compile("".join(cell["source"]), f"{NOTEBOOK.name}, cell {number}", "exec"), names)
    finally:
        os.chdir(before)
    return names


class Notebook(unittest.TestCase):
    def test_it_runs(self):
        if not in_jupyter():
            self.assertIn("found", cell_by_cell())


if __name__ == "__main__":
    unittest.main()
