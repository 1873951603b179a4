// Steady shear at a finite rate beside LAMMPS (fix nvt/sllod, fix deform): stress and pressure of a WCA liquid.
// usage: node --conditions=softfield-source validation/flow.ts [rate 0.1] [temperature 1] [strain 40] [particles 500] [relaxation 0.05]; needs lmp
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameOfSystem, lammpsDataText, Preparation, preset, ShearFlow } from "softfield/internal";

const [rate, temperature, strain, particles, relaxation] = [2, 3, 4, 5, 6].map((k, i) =>
  Number(process.argv[k] ?? [0.1, 1, 40, 500, 0.05][i]),
);
const model = preset("wca");
const dt = 0.002;
const protocol = { kind: "instantaneous", liquidTime: 5, liquidTemperature: temperature } as const;
const preparation = Preparation.start({ model, particles, seed: 1, protocol });
while (!preparation.advance());
const system = preparation.field.system();

/** Mean and its error from twenty blocks, without the first fifth. */
function blocked(values: readonly number[]): string {
  const kept = values.slice(Math.floor(values.length / 5));
  const size = Math.floor(kept.length / 20);
  const means = Array.from({ length: 20 }, (_, k) =>
    kept.slice(k * size, (k + 1) * size).reduce((sum, value) => sum + value / size, 0),
  );
  const mean = means.reduce((sum, value) => sum + value / 20, 0);
  const error = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 380);
  return `${mean.toFixed(4)} ± ${error.toFixed(4)}`;
}

function report(what: string, stress: readonly number[], pressure: readonly number[]): void {
  process.stdout.write(`${what}: stress ${blocked(stress)}, pressure ${blocked(pressure)}\n`);
}

const steps = Math.round(strain / rate / dt);
const flow = ShearFlow.start(system, model, { rate, temperature, seed: 1, dt, relaxation });
const [stress, pressure, kept]: [number[], number[], number[]] = [[], [], []];
for (let done = 0; done < steps; done += 100) {
  flow.run(100);
  const point = flow.point();
  stress.push(point.stress);
  pressure.push(point.pressure);
  kept.push(point.temperature);
}
report("softfield, SLLOD with stochastic rescaling, seed 1", stress, pressure);
process.stdout.write(`temperature kept: ${blocked(kept)}\n`);

const folder = mkdtempSync(join(tmpdir(), "softfield-flow-"));
try {
  const data = join(folder, "liquid.data");
  writeFileSync(data, [...lammpsDataText(frameOfSystem(system, model))].join(""));
  const script = `
units lj
atom_style atomic
read_data ${data}
change_box all triclinic
pair_style lj/cut 1.122462048309373
pair_coeff 1 1 1 1 1.122462048309373
pair_coeff 1 2 1.5 0.8 0.8979696386474984
pair_coeff 2 2 0.5 0.88 0.9877666025122483
pair_modify shift yes
mass * 1
velocity all create ${temperature} 4711 mom yes rot no
fix flow all nvt/sllod temp ${temperature} ${temperature} 0.5
fix shear all deform 1 xy erate ${rate} remap v flip yes
compute peculiar all temp/deform
compute tensor all pressure peculiar
variable xy equal -c_tensor[4]
variable p equal c_tensor
timestep ${dt}
thermo 1000000
fix out all print 100 "\${xy} \${p}" file ${join(folder, "out")} screen no
run ${steps}
`;
  writeFileSync(join(folder, "in.flow"), script);
  const { status, stdout } = spawnSync("lmp", ["-in", join(folder, "in.flow"), "-log", "none"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout.slice(-2000));
  const rows = readFileSync(join(folder, "out"), "utf8")
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map((line) => line.split(" ").map(Number));
  report(
    "LAMMPS, fix nvt/sllod, seed 4711",
    rows.map(([xy]) => xy),
    rows.map(([, p]) => p),
  );
} finally {
  rmSync(folder, { recursive: true });
}
