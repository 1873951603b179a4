/*
 * A sparse symmetric matrix from a file (native binary): int32 n, int32 nnz, then int32 rows[nnz], int32 columns[nnz]
 * (1-based, lower triangle with diagonal, sorted by column), then double values[nnz]; and a clock.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  int n, nnz, *rows, *columns;
  double *values;
} Matrix;

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

static Matrix readMatrix(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(2);
  int *head = get(sizeof(int), 2, file);
  Matrix m = {head[0], head[1], 0, 0, 0};
  m.rows = get(sizeof(int), m.nnz, file);
  m.columns = get(sizeof(int), m.nnz, file);
  m.values = get(sizeof(double), m.nnz, file);
  fclose(file);
  return m;
}
