// Stands in for lmp in tests of faults: says what LAMMPS would, until it fails in the way that its first argument says.

import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [way] = process.argv.slice(2);
let call = 0;
let out = "";
const dump = (columns, rows) =>
  `ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 4\n0 4\n0 4\nITEM: ATOMS ${columns}\n${rows}`;
createInterface({ input: process.stdin }).on("line", (line) => {
  const [, file, columns] = /^dump \S+ all custom 1 "([^"]*)" (.*)$/.exec(line) ?? [];
  if (file) out = file;
  if (columns?.startsWith("id type"))
    writeFileSync(out, dump("id type mass x y z", "1 1 1 0 0 0\n2 1 1 1 1 1\n"));
  else if (columns)
    writeFileSync(out, dump("id fx fy fz c", way === "lost" ? "1 0 0 0 0\n" : "1 0 0 0 0\n2 0 0 0 0\n"));
  const number = /^variable softfield_call equal (\d+)$/.exec(line)?.[1];
  if (number) call = Number(number);
  if (line !== "run 0 post no") return;
  if (call > 1 && way === "dies") process.kill(process.pid, "SIGKILL");
  if (call > 1 && way === "error") {
    process.stdout.write(
      "ERROR: Out of range atoms - cannot compute (src/a.cpp:1)\nLast command: run 0 post no\n",
    );
    process.exit(1);
  }
  if (call > 1 && way === "hangs") return;
  process.stdout.write(
    `Step v_softfield_call PotEng\n       0 ${call} ${way === "nan" && call > 1 ? "nan" : "0"}\n`,
  );
});
