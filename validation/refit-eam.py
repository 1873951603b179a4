"""A Finnis-Sinclair file refitted: every n-th row by quintic splines, written at all rows with all digits (docs/engines.md).

python3 validation/refit-eam.py CuZr_2009.eam.fs.gz CuZr_smooth.eam.fs 20
"""
import gzip, sys
import numpy as np
from scipy.interpolate import make_interp_spline
src, dst, every = sys.argv[1], sys.argv[2], int(sys.argv[3])
lines = (gzip.open(src, "rt") if src.endswith(".gz") else open(src)).read().split("\n")
head, names, grid = lines[:3], lines[3].split()[1:], lines[4].split()
nrho, drho, nr, dr, cut = int(grid[0]), float(grid[1]), int(grid[2]), float(grid[3]), float(grid[4])
words = iter(" ".join(lines[5:]).split())
take = lambda n: np.array([float(next(words)) for _ in range(n)])
def refit(y, h, skip=0):
    x = h * np.arange(len(y))
    s = slice(skip, None)
    xs, ys = x[s][::every], y[s][::every]
    if xs[-1] != x[-1]: xs, ys = np.append(xs, x[-1]), np.append(ys, y[-1])
    out = y.copy(); out[s] = make_interp_spline(xs, ys, k=5)(x[s]); return out
text = head + [f"{len(names)} {' '.join(names)}", f"{nrho} {drho!r} {nr} {dr!r} {cut!r}"]
put = lambda y: text.extend("%.17g" % v for v in y)
for a in names:
    text.append(" ".join(next(words) for _ in range(4)))
    put(refit(take(nrho), drho))
    for b in names: put(refit(take(nr), dr))
for a in range(len(names)):
    for b in range(a + 1): put(refit(take(nr), dr, 20))
open(dst, "w").write("\n".join(text) + "\n")
