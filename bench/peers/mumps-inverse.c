/*
 * The entries of the inverse of a sparse symmetric positive definite matrix on its own pattern, by MUMPS (ICNTL(30)):
 * the peer of softfield's selected inversion.
 *
 * Input (native binary): int32 n, int32 nnz, then int32 rows[nnz], int32 columns[nnz] (1-based, lower triangle with
 * diagonal, sorted by column), then double values[nnz]. Prints seconds of analysis, factorisation, inversion, and
 * the sum of the inverse's entries times the matrix's (= n, trace of the identity), for a check.
 *
 * cc -O2 mumps-inverse.c -ldmumps_seq -o mumps-inverse
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <dmumps_c.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *get(size_t size, size_t count, FILE *from) {
  void *memory = malloc(size * count);
  if (!memory || fread(memory, size, count, from) != count) exit(2);
  return memory;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  int *head = get(sizeof(int), 2, file);
  int n = head[0], nnz = head[1];
  int *rows = get(sizeof(int), nnz, file), *columns = get(sizeof(int), nnz, file);
  double *values = get(sizeof(double), nnz, file);

  DMUMPS_STRUC_C id = {0};
  id.job = -1, id.par = 1, id.sym = 1, id.comm_fortran = -987654;
  dmumps_c(&id);
  id.n = n, id.nnz = nnz, id.irn = rows, id.jcn = columns, id.a = values;
  for (int k = 0; k < 4; k++) id.icntl[k] = k == 3 ? 0 : -1;
  id.icntl[6] = 5; /* METIS where built in */
  id.icntl[13] = 100;
  double t0 = now();
  id.job = 1, dmumps_c(&id);
  double t1 = now();
  id.job = 2, dmumps_c(&id);
  double t2 = now();
  if (id.infog[0] < 0) return fprintf(stderr, "MUMPS: INFOG(1) = %d\n", id.infog[0]), 1;

  int *starts = calloc(n + 1, sizeof(int));
  for (int k = 0; k < nnz; k++) starts[columns[k]]++;
  starts[0] = 1;
  for (int k = 0; k < n; k++) starts[k + 1] += starts[k];
  double *inverse = malloc(nnz * sizeof(double));
  id.nrhs = n, id.lrhs = n, id.nz_rhs = nnz;
  id.irhs_ptr = starts, id.irhs_sparse = rows, id.rhs_sparse = inverse;
  id.icntl[29] = 1, id.icntl[26] = 128;
  id.job = 3, dmumps_c(&id);
  double t3 = now();
  if (id.infog[0] < 0) return fprintf(stderr, "MUMPS: INFOG(1) = %d\n", id.infog[0]), 1;

  double trace = 0;
  for (int k = 0; k < nnz; k++) trace += (rows[k] == columns[k] ? 1 : 2) * values[k] * inverse[k];
  printf("%.4f %.4f %.4f %.12g\n", t1 - t0, t2 - t1, t3 - t2, trace);
  return 0;
}
