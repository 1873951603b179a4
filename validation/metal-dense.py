"""Local thermal energies of embedded atoms by dense matrices, from the formulas alone, against softfield's tables.

    softfield make --model POT.json -n 108 --seed 1 -o glass.extxyz
    softfield lte glass.extxyz --model POT.json -o lte.tsv          # and lte.embeddings.tsv
    softfield observe glass.extxyz --model POT.json -o atoms.tsv
    softfield features glass.extxyz --model POT.json -o features.tsv
    python3 validation/metal-dense.py POTENTIAL EVERY glass.extxyz lte.tsv lte.embeddings.tsv atoms.tsv features.tsv

POT.json names the file POTENTIAL (setfl) and "every": EVERY, so that both put quintic not-a-knot splines (scipy's here)
through the same rows; or EVERY is "lammps" (and POT.json has "interpolation": "lammps"): the cubic splines of LAMMPS, slopes
by differences over five rows, phi the one of r phi over r; or "cubic": scipy's CubicSpline through all rows, likewise. Energy and gradient, M, G = M^-1 by inversion, X = -G (U''':G), pairs H = K[phi]:C, A = phi' n.dX,
embeddings H = F' (d2 rho : G) + F'' g.G g, A = F' g.X; all images of a pair within the cutoff are pairs. U''':G is
checked against central differences of tr(G M(x)), G held. numpy and scipy.
"""
import gzip, sys
import numpy as np
from scipy.interpolate import CubicHermiteSpline, CubicSpline, make_interp_spline

potential, every, glass, pair_table, embedding_table, atom_table = sys.argv[1:7]
reading, every = (every, 1) if every in ("lammps", "cubic") else ("quintic", int(every))


def setfl(path):
    lines = (gzip.open(path, "rt") if path.endswith(".gz") else open(path)).read().split("\n")
    names = lines[3].split()[1:]
    nrho, drho, nr, dr, cutoff = (float(w) for w in lines[4].split()[:5])
    words, n = " ".join(lines[5:]).split(), len(names)
    nrho, nr = int(nrho), int(nr)
    finnis = len(words) >= n * (4 + nrho + n * nr) + n * (n + 1) // 2 * nr
    at = 0

    def take(count):
        nonlocal at
        at += count
        return np.array(words[at - count : at], float)

    F, f, rphi = [], {}, {}
    for source in range(n):
        take_header = at + 4
        at = take_header
        F.append(take(nrho))
        rows = [take(nr) for _ in range(n)] if finnis else [take(nr)] * n
        for host in range(n):
            f[host, source] = rows[host]
    for a in range(n):
        for b in range(a + 1):
            rphi[a, b] = rphi[b, a] = take(nr)
    return names, F, drho, f, rphi, dr, cutoff


names, F_rows, drho, f_rows, rphi_rows, dr, cutoff = setfl(potential)


def lammps_slopes(rows):
    """PairEAM::interpolate's, per row."""
    slopes = np.empty(len(rows))
    slopes[2:-2] = (rows[:-4] - rows[4:] + 8 * (rows[3:-1] - rows[1:-3])) / 12
    slopes[[1, -2]] = 0.5 * (rows[2] - rows[0]), 0.5 * (rows[-1] - rows[-3])
    slopes[[0, -1]] = rows[1] - rows[0], rows[-1] - rows[-2]
    return slopes


def through(rows, first, spacing):
    """The spline, with its derivatives, through every n-th row up to the cutoff (rows beyond the file's last are 0)."""
    x = spacing * np.arange(first, first + len(rows))
    if reading == "lammps":
        made = CubicHermiteSpline(x, rows, lammps_slopes(np.asarray(rows)) / spacing)
    elif reading == "cubic":
        made = CubicSpline(x, rows)
    else:
        made = make_interp_spline(x, rows, k=5)
    return [made] + [made.derivative(k) for k in (1, 2, 3)]


def to_cutoff(rows):
    rows = list(rows)
    while (len(rows) - 1) * dr < cutoff * (1 - 1e-12) or (len(rows) - 1) % every:
        rows.append(0.0)
    return np.array(rows)[::every]


def phi_of(rows):
    if reading == "quintic":
        kept = to_cutoff(rows)[1:]
        return through(kept / (every * dr * np.arange(1, len(kept) + 1)), 1, every * dr)
    z = through(to_cutoff(rows), 0, dr)  # r phi
    return [
        lambda r: z[0](r) / r,
        lambda r: z[1](r) / r - z[0](r) / r**2,
        lambda r: z[2](r) / r - 2 * z[1](r) / r**2 + 2 * z[0](r) / r**3,
        lambda r: z[3](r) / r - 3 * z[2](r) / r**2 + 6 * z[1](r) / r**3 - 6 * z[0](r) / r**4,
    ]


species_pairs = [(a, b) for a in range(len(names)) for b in range(len(names))]
phi = {ab: phi_of(rphi_rows[ab]) for ab in species_pairs}
f = {ab: through(to_cutoff(f_rows[ab]), 0, every * dr) for ab in species_pairs}
F = [through(rows[::every], 0, every * drho) for rows in F_rows]

text = open(glass).read().split("\n")
N = int(text[0])
cell = np.diag(np.array([float(w) for w in text[1].split('Lattice="')[1].split('"')[0].split()]).reshape(3, 3))
columns = text[1].split("Properties=")[1].split()[0].split(":")
offsets = {columns[k]: sum(int(columns[l + 2]) for l in range(0, k, 3)) for k in range(0, len(columns), 3)}
atoms = [line.split() for line in text[2 : 2 + N]]
x0 = np.array([[float(w) for w in a[offsets["pos"] : offsets["pos"] + 3]] for a in atoms])
kind = np.array([names.index(a[offsets["species"]]) for a in atoms])

# all images within the cutoff, each pair once: i < j; as many images as the cutoff needs
reach = [int(np.ceil(cutoff / L)) + 1 for L in cell]
found = []
for shift in np.ndindex(*(2 * m + 1 for m in reach)):
    shift = (np.array(shift) - reach) * cell
    d = x0[None, :, :] + shift - x0[:, None, :]
    i, j = np.where((np.sqrt((d**2).sum(2)) < cutoff) & (np.arange(N)[:, None] < np.arange(N)[None, :]))
    found += [(a, b, *shift) for a, b in zip(i, j)]
    own = np.abs(shift).sum() > 0 and np.sqrt((shift**2).sum()) < cutoff
    if own:
        raise SystemExit("an atom meets its own image: take a larger glass")
i, j = (np.array([p[k] for p in found]) for k in (0, 1))
shifts = np.array([p[2:] for p in found])
of = [(ab, np.where((kind[i] == ab[0]) & (kind[j] == ab[1]))[0]) for ab in species_pairs]


def on_pairs(functions, r, k, turned=False):
    out = np.empty_like(r)
    for (a, b), m in of:
        out[m] = functions[(b, a) if turned else (a, b)][k](r[m])
    return out


def at(x):
    """Everything of a configuration that M and the energies are made of."""
    u = x[j] + shifts - x[i]
    r = np.sqrt((u**2).sum(1))
    s = dict(r=r, n=u / r[:, None])
    s["p"] = [on_pairs(phi, r, k) for k in range(4)]
    s["fi"] = [on_pairs(f, r, k) for k in range(4)]  # at i by j
    s["fj"] = [on_pairs(f, r, k, turned=True) for k in range(4)]  # at j by i
    rho = np.bincount(i, s["fi"][0], N) + np.bincount(j, s["fj"][0], N)
    s["F"] = [np.array([F[kind[a]][k](rho[a]) for a in range(N)], float) for k in range(4)]
    s["e"] = [None] + [s["p"][k] + s["F"][1][i] * s["fi"][k] + s["F"][1][j] * s["fj"][k] for k in (1, 2, 3)]
    g = np.zeros((N, N, 3))  # g[a] = d rho_a / dx
    for host, other, slope, sign in ((i, j, s["fi"][1], 1), (j, i, s["fj"][1], -1)):
        w = sign * slope[:, None] * s["n"]
        np.add.at(g, (host, other), w)
        np.add.at(g, (host, host), -w)
    s["g"] = g.reshape(N, 3 * N)
    s["rho"], s["energy"] = rho, s["p"][0].sum() + s["F"][0].sum()
    return s


def stiffness(d1, d2, s):
    nn = s["n"][:, :, None] * s["n"][:, None, :]
    return d2[:, None, None] * nn + (d1 / s["r"])[:, None, None] * (np.eye(3) - nn)


def hessian(s):
    K, M = stiffness(s["e"][1], s["e"][2], s), np.zeros((N, 3, N, 3))
    for a, b, sign in ((i, i, 1), (j, j, 1), (i, j, -1), (j, i, -1)):
        np.add.at(M, (a, slice(None), b), sign * K)
    return M.reshape(3 * N, 3 * N) + s["g"].T @ (s["F"][2][:, None] * s["g"])


def on_atoms(w):
    out = np.zeros((N, 3))
    np.add.at(out, j, w)
    np.add.at(out, i, -w)
    return out.ravel()


shift_free = np.kron(np.ones((N, N)) / N, np.eye(3))
inverse = lambda M: np.linalg.inv(M + shift_free) - shift_free
x = x0.copy()
for _ in range(8):
    s = at(x)
    residual = on_atoms(s["e"][1][:, None] * s["n"])
    if np.abs(residual).max() < 1e-13:
        break
    x = x - (inverse(hessian(s)) @ residual).reshape(N, 3)
M = hessian(s)
G = inverse(M)
blocks = G.reshape(N, 3, N, 3)
C = blocks[i, :, i, :] + blocks[j, :, j, :] - blocks[i, :, j, :] - blocks[j, :, i, :]
contract = lambda d1, d2: np.einsum("mab,mab->m", stiffness(d1, d2, s), C)
curved = np.bincount(i, contract(*s["fi"][1:3]), N) + np.bincount(j, contract(*s["fj"][1:3]), N)  # d2 rho : G
h = (s["g"] @ G).reshape(N, N, 3)
q = np.einsum("ak,ak->a", s["g"] @ G, s["g"])

# U''' : G
n, r = s["n"], s["r"]
nC = np.einsum("mab,mb->ma", C, n)
nCn, trace = np.einsum("ma,ma->m", n, nC), np.einsum("maa->m", C)
e1, e2, e3 = s["e"][1:]
across = e2 / r - e1 / r**2
T = on_atoms((e3 * nCn + across * (trace - nCn))[:, None] * n + 2 * across[:, None] * (nC - nCn[:, None] * n))
T += s["g"].T @ (s["F"][2] * curved + s["F"][3] * q)
for host, other, k, sign in ((i, j, s["fi"], 1), (j, i, s["fj"], -1)):
    dh = h[host, other] - h[host, host]
    w = 2 * s["F"][2][host][:, None] * np.einsum("mab,mb->ma", stiffness(k[1], k[2], s), dh)
    T += sign * on_atoms(w)
worst = 0.0
for k in np.random.default_rng(1).choice(3 * N, 6, replace=False):
    def traced(step):
        y = x.ravel().copy()
        y[k] += step
        return np.tensordot(G, hessian(at(y.reshape(N, 3))))
    slope = lambda e: (traced(e) - traced(-e)) / (2 * e)
    worst = max(worst, abs((4 * slope(1e-4) - slope(2e-4)) / 3 - T[k]))
X = -(G @ T)
dX = ((X.reshape(N, 3)[j] - X.reshape(N, 3)[i]) * n).sum(1)
H, A = contract(*s["p"][1:3]), s["p"][1] * dX
He, Ae = s["F"][1] * curved + s["F"][2] * q, s["F"][1] * (s["g"] @ X)
print(f"N = {N}, {len(i)} pairs, {names}, every {every}: residual {np.abs(residual).max():.1e}, U/N = {s['energy'] / N:.12g} eV")
print(f"U''':G against central differences of tr(G M): {worst / np.abs(T).max():.1e} of the largest")
print(f"sum rule {(H + A).sum() + (He + Ae).sum():.9f} of {3 * N - 3}: pairs {(H + A).sum():.4f}, embeddings {(He + Ae).sum():.4f}")


def table(path):
    rows = [line.split("\t") for line in open(path).read().split("\n") if line and not line.startswith("#")]
    head = [name.split(" (")[0] for name in rows[0]]
    return {name: np.array([float(row[k]) for row in rows[1:]]) for k, name in enumerate(head)}


def compare(what, theirs, ours):
    far = np.abs(theirs - ours).max() / np.abs(ours).max()
    size = np.sqrt((ours**2).mean())
    print(
        f"{what:28s} largest {np.abs(ours).max():.6g}, largest deviation over it {far:.1e}; "
        f"root mean squares {np.sqrt(((theirs - ours)**2).mean()) / size:.1e}, correlation {np.corrcoef(theirs, ours)[0, 1]:.7f}"
    )


pairs, embeddings, seen = table(pair_table), table(embedding_table), table(atom_table)
# images of a pair by their distance
order = np.lexsort((np.round(r, 7), j, i))
theirs = np.lexsort((np.round(pairs["r"], 7), pairs["j"], pairs["i"]))
for name, ours in (("lte", H + A), ("harmonic", H), ("anharmonic", A)):
    compare(f"pairs: {name}", pairs[name][theirs], ours[order])
for name, ours in (("lte", He + Ae), ("harmonic", He), ("anharmonic", Ae)):
    compare(f"embeddings: {name}", embeddings[name], ours)
compare("atoms: <|x|^2>/kT", seen["debye_waller"], np.einsum("aiai->a", blocks))
for a, axis in enumerate("xyz"):
    compare(f"atoms: X_{axis}", seen[f"thermal_displacement_{axis}"], X.reshape(N, 3)[:, a])
half = lambda values: 0.5 * (np.bincount(i, values, N) + np.bincount(j, values, N))
compare("atoms: E shared", seen["energy"], He + Ae + half(H + A))
for path in sys.argv[7:]:  # softfield features: energies at rest, as LAMMPS counts them
    compare("atoms: energy at rest", table(path)["energy"], s["F"][0] + half(s["p"][0]))
