"""Messages of the pipe."""

import io
import unittest

import numpy as np

from .support import softfield  # noqa: F401
from softfield import _pipe


def message(head, arrays):
    return b"".join(bytes(piece) for piece in _pipe.encoded(head, arrays))


class Pipe(unittest.TestCase):
    def test_heads_and_arrays_come_back_as_they_were(self):
        arrays = {
            "x": np.array([[1.5, -0.0], [np.nan, np.inf]]),
            "n": np.arange(5, dtype=np.int32),
            "empty": np.empty((0, 3)),
            "flags": np.array([1, 0, 1], np.uint8),
            "turned": np.arange(6.0).reshape(2, 3).T,
        }
        stream = io.BytesIO(message({"id": 1, "words": "γ ½"}, arrays) * 2)
        for _ in range(2):
            head, found = _pipe.read(stream)
            self.assertEqual(head, {"id": 1, "words": "γ ½"})
            self.assertEqual(list(found), list(arrays))
            for name, array in arrays.items():
                self.assertEqual(found[name].tobytes(), np.ascontiguousarray(array).tobytes(), name)
                self.assertEqual(found[name].shape, array.shape)
        self.assertIsNone(_pipe.read(stream))

    def test_what_is_no_message_is_refused(self):
        with self.assertRaises(ValueError):
            _pipe.read(io.BytesIO(b"softfield: warning: something else speaks"))
        whole = message({"id": 1}, {"x": np.zeros(4)})
        self.assertIsNone(_pipe.read(io.BytesIO(whole[:-1])))

    def test_other_numbers_are_refused(self):
        with self.assertRaises(TypeError):
            _pipe.encoded({}, {"x": np.zeros(3, np.float32)})


if __name__ == "__main__":
    unittest.main()
