/*
 * Factor of a symmetric positive definite matrix (matrix.h) by MUMPS, ordered by SCOTCH, and, with a second argument "inverse",
 * the entries of its inverse on its own pattern (ICNTL(30)): the peer of softfield's selected inversion. Prints seconds of
 * analysis, factorisation, inversion, entries of L, operations, and the sum of the inverse's entries times the matrix's
 * (= n, trace of the identity; 0 without the inverse), for a check. Threads: OMP_NUM_THREADS.
 *
 * cc -O2 -I/usr/include/mumps_seq mumps.c -ldmumps_seq -o mumps
 */
#include <string.h>
#include <dmumps_c.h>
#include "matrix.h"

/* large numbers are told in millions, negative */
static double whole(int value) { return value < 0 ? -1e6 * value : value; }

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  Matrix m = readMatrix(argv[1]);
  int invert = argc > 2 && !strcmp(argv[2], "inverse");
  const char *threads = getenv("OMP_NUM_THREADS");

  DMUMPS_STRUC_C id = {0};
  id.job = -1, id.par = 1, id.sym = 1, id.comm_fortran = -987654;
  dmumps_c(&id);
  id.n = m.n, id.nnz = m.nnz, id.irn = m.rows, id.jcn = m.columns, id.a = m.values;
  for (int k = 0; k < 4; k++) id.icntl[k] = k == 3 ? 0 : -1;
  id.icntl[6] = 3; /* SCOTCH: Debian builds it without METIS */
  id.icntl[13] = 100;
  id.icntl[15] = threads ? atoi(threads) : 1;
  double t0 = now();
  id.job = 1, dmumps_c(&id);
  double t1 = now();
  id.job = 2, dmumps_c(&id);
  double t2 = now(), trace = 0;
  if (id.infog[0] < 0) return fprintf(stderr, "MUMPS: INFOG(1) = %d\n", id.infog[0]), 1;
  if (id.infog[6] != 3) return fprintf(stderr, "MUMPS: no SCOTCH, ordering %d\n", id.infog[6]), 1;
  if (invert) {
    int *starts = calloc(m.n + 1, sizeof(int));
    for (int k = 0; k < m.nnz; k++) starts[m.columns[k]]++;
    starts[0] = 1;
    for (int k = 0; k < m.n; k++) starts[k + 1] += starts[k];
    double *inverse = malloc(m.nnz * sizeof(double));
    id.nrhs = m.n, id.lrhs = m.n, id.nz_rhs = m.nnz;
    id.irhs_ptr = starts, id.irhs_sparse = m.rows, id.rhs_sparse = inverse;
    id.icntl[29] = 1, id.icntl[26] = 128;
    id.job = 3, dmumps_c(&id);
    if (id.infog[0] < 0) return fprintf(stderr, "MUMPS: INFOG(1) = %d\n", id.infog[0]), 1;
    for (int k = 0; k < m.nnz; k++) trace += (m.rows[k] == m.columns[k] ? 1 : 2) * m.values[k] * inverse[k];
  }
  double t3 = now();
  printf("%.4f %.4f %.4f %.6g %.6g %.12g\n", t1 - t0, t2 - t1, t3 - t2, whole(id.infog[28]), id.rinfog[0], trace);
  return 0;
}
