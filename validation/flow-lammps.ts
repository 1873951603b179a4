import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ForceField,
  frameOfSystem,
  lammpsDataText,
  type PairModel,
  Preparation,
  preset,
  type System,
} from "softfield/internal";
import { tool } from "../testing/needs.ts";

/** A moment of a flow: U and temperature relative to the flow, σ_xy, the kinetic part of it, and pressure, reduced units. */
export interface FlowRow {
  readonly energy: number;
  readonly temperature: number;
  readonly stress: number;
  readonly kinetic: number;
  readonly pressure: number;
}

/** What LAMMPS is to integrate, by lines of its script; `peculiar` is the temperature relative to the flow. */
export const INTEGRATORS = {
  /** Newton's equations of the velocities in the laboratory: SLLOD of those relative to the flow. */
  none: () => "fix flow all nve",
  sllod: (temperature: number, time: number) =>
    `fix flow all nvt/sllod temp ${temperature} ${temperature} ${time}`,
  /** One thermostat, no chain, as `fix nvt/sllod` has it: a chain keeps what is driven too hot. */
  hoover: (temperature: number, time: number) =>
    `fix flow all nvt temp ${temperature} ${temperature} ${time} tchain 1\nfix_modify flow temp peculiar`,
};

/** A liquid of the `wca` preset, its particles inside its box. */
export function wcaLiquid(
  particles: number,
  liquidTemperature: number,
  liquidTime: number,
): { model: PairModel; system: System } {
  const model = preset("wca");
  const protocol = { kind: "instantaneous", liquidTime, liquidTemperature } as const;
  const preparation = Preparation.start({ model, particles, seed: 1, protocol });
  while (!preparation.advance());
  const system = preparation.field.system();
  const edge = system.box.vectors[0];
  const positions = system.positions.map((x) => x - edge * Math.floor(x / edge));
  return { model, system: { ...system, positions } };
}

/**
 * `fix deform` shears the box of a `wcaLiquid` at `rate`; rows after every `every`-th step from step 0 on. Velocities (N×3,
 * relative to the flow) or those of LAMMPS's `velocity create`. LAMMPS (29 Sep 2021) moves the box after the forces of a step,
 * so that forces lag behind by a step: with velocities given its box starts a step ahead, and what that changes in the first
 * half kick is taken off the velocities, so that rows from step 1 on are those of SLLOD by velocity Verlet.
 */
export function lammpsFlow(
  { model, system }: { readonly model: PairModel; readonly system: System },
  {
    integrator,
    rate,
    dt,
    steps,
    every,
    velocities,
    temperature = 1,
  }: {
    readonly integrator: string;
    readonly rate: number;
    readonly dt: number;
    readonly steps: number;
    readonly every: number;
    readonly velocities?: Float64Array;
    readonly temperature?: number;
  },
): FlowRow[] {
  const folder = mkdtempSync(join(tmpdir(), "softfield-flow-"));
  try {
    const { vectors } = system.box;
    const edge = vectors[0];
    const ahead = { ...system, box: { dimension: 3 as const, vectors: vectors.slice() } };
    if (velocities) ahead.box.vectors[3] += rate * dt * edge;
    const gradient = (at: System) => {
      const field = ForceField.create(at, model);
      field.evaluateGradient();
      return field.fromVector(field.g);
    };
    const [own, shifted] = [gradient(system), gradient(ahead)];
    const columns = velocities && {
      velocity: velocities.map(
        (v, k) => v + (k % 3 === 0 ? rate * system.positions[k + 1] : 0) - 0.5 * dt * (own[k] - shifted[k]),
      ),
    };
    const frame = frameOfSystem(ahead, model, columns ? { columns } : {});
    writeFileSync(join(folder, "in.data"), [...lammpsDataText(frame)].join(""));
    const create = `change_box all triclinic\nvelocity all create ${temperature} 4711 mom yes rot no\nvelocity all ramp vx 0 ${rate * edge} y 0 ${edge} sum yes`;
    writeFileSync(
      join(folder, "in.flow"),
      `
units lj
read_data in.data
pair_style lj/cut 1.122462048309373
pair_coeff 1 1 1 1 1.122462048309373
pair_coeff 1 2 1.5 0.8 0.8979696386474984
pair_coeff 2 2 0.5 0.88 0.9877666025122483
pair_modify shift yes
mass * 1
${velocities ? "" : create}
compute peculiar all temp/deform
compute tensor all pressure peculiar
compute virial all pressure NULL virial
compute energy all pe
${integrator}
fix shear all deform 1 xy erate ${rate} remap v flip yes
timestep ${dt}
thermo 1000000
fix out all print ${every} "$(c_energy:%.15g) $(c_peculiar:%.15g) $(-c_tensor[4]:%.15g) $(c_virial[4]-c_tensor[4]:%.15g) $(c_tensor:%.15g)" file out screen no
run ${steps}
`,
    );
    execFileSync(tool("lmp"), ["-in", "in.flow", "-log", "none"], {
      cwd: folder,
      stdio: "pipe",
    });
    return readFileSync(join(folder, "out"), "utf8")
      .split("\n")
      .slice(1)
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const [energy, kept, stress, kinetic, pressure] = line.split(" ").map(Number);
        return { energy, temperature: kept, stress, kinetic, pressure };
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
