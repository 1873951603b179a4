"""Symmetric positive definite matrices of one's own: factor, solutions, and the entries of the inverse on the pattern."""

from __future__ import annotations

import weakref
from typing import Any, Optional

import numpy as np

from .errors import UsageError
from .session import Progress, Session
from .session import session as default_session


class Factor:
    """The Cholesky factor of a symmetric positive definite sparse matrix, held by the process.

    Parameters
    ----------
    matrix
        A SciPy sparse matrix (n, n), both triangles stored.
    block : {2, 3, 4}, optional
        Rows that belong together (coordinates of a particle); found from the pattern by default, else 2.
    coordinates : array_like (blocks, 2 or 3), optional
        Where the block rows are in a periodic box, as fractions of its edges: a better ordering than that from the pattern alone.
    """

    def __init__(
        self,
        matrix: Any,
        *,
        block: Optional[int] = None,
        coordinates: Any = None,
        session: Optional[Session] = None,
        progress: Progress = None,
    ) -> None:
        from scipy import sparse

        if not sparse.issparse(matrix) or matrix.shape[0] != matrix.shape[1]:
            raise UsageError("give a square SciPy sparse matrix", {"field": "matrix"})
        csr = sparse.csr_matrix(matrix, dtype=float, copy=True)
        csr.sum_duplicates()
        if csr.nnz >= 2**31:
            raise UsageError(f"the matrix has {csr.nnz} entries; at most 2³¹ − 1 can be taken", {"field": "matrix"})
        self._csr = csr
        self._session = session or default_session()
        arrays = {"indptr": csr.indptr.astype(np.int32), "indices": csr.indices.astype(np.int32), "data": csr.data}
        params = {"size": csr.shape[0], "block": block or _block_of(csr)}
        if coordinates is not None:
            arrays["coordinates"] = np.ascontiguousarray(coordinates, dtype=float).reshape(-1)
        value, _ = self._session.request("factor", params, arrays, progress)
        self._held = (self._session.generation, value["handle"])
        self._finalizer = weakref.finalize(self, self._session.drop, *self._held)
        #: Entries of L, and operations that it took.
        self.nonzeros: int = int(value["nonzeros"])
        self.flops: float = float(value["flops"])
        #: ln det of the matrix.
        self.logdet: float = value["logDeterminant"]

    @property
    def shape(self) -> Any:
        return self._csr.shape

    def _request(self, method: str, arrays: Any = None, progress: Progress = None) -> Any:
        if not self._finalizer.alive:
            raise UsageError("this factor was closed", {"field": "handle"})
        if self._held[0] != self._session.generation:
            raise UsageError("the process that held this factor has ended: make it again", {"field": "handle"})
        return self._session.request(method, {"handle": self._held[1]}, arrays, progress)[1]

    def selected_inverse(self, *, progress: Progress = None) -> Any:
        """The entries of the inverse on the pattern of the matrix, exactly; a matrix of the same pattern."""
        inverse = self._csr.copy()
        inverse.data = self._request("factorInverse", None, progress)["data"]
        return inverse

    def solve(self, b: Any) -> np.ndarray:
        """x of A·x = b, with one step of refinement; ``b``: (n,) or (n, count)."""
        given = np.asarray(b, dtype=float)
        n = self._csr.shape[0]
        if given.ndim not in (1, 2) or given.shape[0] != n:
            raise UsageError(f"b has the shape {given.shape}; it must be ({n},) or ({n}, count)", {"field": "b"})
        right = np.ascontiguousarray(given.reshape(n, -1).T)
        x = self._request("factorSolve", {"b": right.reshape(-1)})["x"]
        return np.ascontiguousarray(x.T).reshape(given.shape)

    def close(self) -> None:
        self._finalizer()

    def __enter__(self) -> "Factor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def selected_inverse(matrix: Any, *, progress: Progress = None, **options: Any) -> Any:
    """The entries of A⁻¹ on the pattern of a symmetric positive definite sparse matrix A, exactly (Takahashi's equations).

    Returns a SciPy CSR matrix of the same pattern. ``options``: those of ``Factor``. Cost: about three factorisations.

    Raises ``NumericsError`` where A is not positive definite, ``InputError`` where it is not symmetric.
    """
    with Factor(matrix, progress=progress, **options) as factor:
        return factor.selected_inverse(progress=progress)


def solve(matrix: Any, b: Any, **options: Any) -> np.ndarray:
    """x of A·x = b; ``options``: those of ``Factor``. To solve again with the same matrix, keep a ``Factor``."""
    with Factor(matrix, **options) as factor:
        return factor.solve(b)


def _block_of(csr: Any) -> int:
    """The size of the blocks that the pattern is made of, 3 or 2; 2 where it is of none."""
    n = csr.shape[0]
    for d in (3, 2):
        if n % d == 0 and csr.nnz % (d * d) == 0 and csr.nnz == d * d * csr.tobsr((d, d)).data.shape[0]:
            return d
    return 2
