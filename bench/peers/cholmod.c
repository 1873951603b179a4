/*
 * Supernodal Cholesky factor of a matrix (matrix.h) by CHOLMOD, ordered by METIS: the peer of softfield's factorisation.
 * Prints seconds of analysis and factorisation (the better of two), entries of L, operations, |Mx − b|/|b|.
 *
 * cc -O2 -I/usr/include/suitesparse cholmod.c -lcholmod -o cholmod
 */
#include <cholmod.h>
#include "matrix.h"

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  Matrix m = readMatrix(argv[1]);
  cholmod_common c;
  cholmod_start(&c);
  c.nmethods = 1, c.method[0].ordering = CHOLMOD_METIS, c.supernodal = CHOLMOD_SUPERNODAL;
  cholmod_sparse *a = cholmod_allocate_sparse(m.n, m.n, m.nnz, 1, 1, -1, CHOLMOD_REAL, &c);
  int *starts = a->p, *rows = a->i;
  double *values = a->x;
  for (int k = 0; k <= m.n; k++) starts[k] = 0;
  for (int k = 0; k < m.nnz; k++) starts[m.columns[k]]++, rows[k] = m.rows[k] - 1, values[k] = m.values[k];
  for (int k = 0; k < m.n; k++) starts[k + 1] += starts[k];
  double t0 = now();
  cholmod_factor *l = cholmod_analyze(a, &c);
  double t1 = now(), best = 1e300;
  for (int run = 0; run < 2; run++) {
    double t = now();
    cholmod_factorize(a, l, &c);
    if (now() - t < best) best = now() - t;
  }
  if (c.status != CHOLMOD_OK || l->minor < (size_t)m.n) return fprintf(stderr, "CHOLMOD: status %d\n", c.status), 1;
  cholmod_dense *b = cholmod_ones(m.n, 1, CHOLMOD_REAL, &c), *x = cholmod_solve(CHOLMOD_A, l, b, &c);
  double one[2] = {1, 0}, minus[2] = {-1, 0}, size = cholmod_norm_dense(b, 2, &c);
  cholmod_sdmult(a, 0, one, minus, x, b, &c);
  printf("%.4f %.4f %.6g %.6g %.3g\n", t1 - t0, best, c.lnz, c.fl, cholmod_norm_dense(b, 2, &c) / size);
  return 0;
}
