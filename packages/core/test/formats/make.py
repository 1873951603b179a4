# Small files of every format, of our own making: the same eight particles, by programs that are not softfield's.
import struct, io, zipfile
import numpy as np
from ase import Atoms
from ase.io import write
rng = np.random.default_rng(7)
cell = np.array([[6.0, 0, 0], [1.5, 5.0, 0], [-0.5, 0.75, 7.0]])
s = rng.random((8, 3)); x = s @ cell
names = ["Cu", "Zr", "Cu", "Cu", "Zr", "Cu", "Zr", "Cu"]
atoms = Atoms(names, positions=x, cell=cell, pbc=True)
atoms.set_velocities(rng.normal(size=(8, 3)))
write("ase.vasp", atoms, format="vasp", direct=True, sort=False)
write("ase.cfg", atoms, format="cfg")
write("ase.CONFIG", atoms, format="dlp4")
np.savez("plain.npz", positions=x, box=cell, species=np.array(names), velocities=rng.normal(size=(8, 3)), ids=np.arange(8, 0, -1))
np.savez_compressed("packed.npz", positions=np.asfortranarray(np.stack([x, x + 0.25])[..., :2]).astype("f4"), box=np.array([6.0, 5.0]), types=np.array([1, 2, 1, 1, 2, 1, 2, 1]), diameter=np.linspace(1, 2, 8))
np.savetxt("expected.tsv", x, fmt="%.17g")
# GSD of both versions, by the specification (gsd.readthedocs.io, File layer): frame 1 has but positions of its own
def gsd(version, frames):
    ids, index, data = [], [], b""
    base = 256 + 64 * 16 + 32 * 32
    for f, chunks in enumerate(frames):
        for name, type_, rows, width, raw in chunks:
            if name not in ids: ids.append(name)
            index.append((f, rows, base + len(data), width, ids.index(name), type_)); data += raw
    namelist = (b"".join(n.encode().ljust(64, b"\0") for n in ids) if version == 1 else b"".join(n.encode() + b"\0" for n in ids)).ljust(64 * 16, b"\0")
    if version == 2: index.sort(key=lambda e: (e[0], e[4]))
    entries = b"".join(struct.pack("<QQqIHBB", f, rows, loc, width, i, t, 0) for f, rows, loc, width, i, t in index).ljust(32 * 32, b"\0")
    head = struct.pack("<QQQQQII64s64s80s", 0x65DF65DF65DF65DF, 256 + 64 * 16, 32, 256, 16, (1 << 16) | 3, version << 16, b"own", b"hoomd", b"")
    return head + namelist + entries + data
centre = cell.sum(axis=0) / 2
p = (x - centre).astype("f4")
box = np.array([6.0, 5.0, 7.0, 1.5 / 5.0, -0.5 / 7.0, 0.75 / 7.0], "f4")
first = [("configuration/box", 9, 6, 1, box.tobytes()), ("particles/N", 3, 1, 1, struct.pack("<I", 8)),
         ("particles/types", 5, 2, 3, b"Cu\0Zr\0"), ("particles/typeid", 3, 8, 1, np.array([0 if n == "Cu" else 1 for n in names], "u4").tobytes()),
         ("particles/diameter", 9, 8, 1, np.linspace(1, 2, 8).astype("f4").tobytes()), ("particles/position", 9, 8, 3, p.tobytes())]
second = [("configuration/step", 4, 1, 1, struct.pack("<Q", 500)), ("particles/position", 9, 8, 3, (p + np.float32(0.25)).astype("f4").tobytes())]
for v in (1, 2): open(f"two-frames-v{v}.gsd", "wb").write(gsd(v, [first, second]))
flat = [("configuration/box", 9, 6, 1, np.array([6, 5, 0, 0.25, 0, 0], "f4").tobytes()), ("particles/N", 3, 1, 1, struct.pack("<I", 8)),
        ("particles/position", 9, 8, 3, (p * np.array([1, 1, 0], "f4")).astype("f4").tobytes())]
open("flat-v2.gsd", "wb").write(gsd(2, [flat]))
rows = "\n".join(" ".join(repr(float(v)) for v in r) for r in x - centre)
open("own.xml", "w").write(f'''<?xml version="1.0" encoding="UTF-8"?>
<hoomd_xml version="1.6">
<!-- of our own making -->
<configuration time_step="120" dimensions="3">
<box lx="6" ly="5" lz="7" xy="{1.5/5.0!r}" xz="{-0.5/7.0!r}" yz="{0.75/7.0!r}"/>
<position num="8">
{rows}
</position>
<type num="8">
{chr(10).join(names)}
</type>
<diameter num="8">
{chr(10).join(repr(float(v)) for v in np.linspace(1, 2, 8))}
</diameter>
</configuration>
</hoomd_xml>
''')
