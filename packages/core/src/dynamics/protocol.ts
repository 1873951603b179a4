import { SoftfieldError } from "../errors.ts";
import { inertialTime, type PairModel, type Quantity } from "../models/index.ts";
import { BLOCK } from "./md.ts";
import { METHODS, type Method } from "./minimize/index.ts";
import { checkSwap } from "./swap.ts";
import type { Temperature } from "./thermostat.ts";

/**
 * How a liquid becomes a glass:
 * anneal: liquid, jump to just below T_g, anneal, minimise (SI A, Zylberg 2017);
 * instantaneous: liquid, minimise; cooling: liquid, down at a constant rate, minimise;
 * swap: liquid, Monte Carlo with exchanges of diameters, minimise (Ninarello, Berthier & Coslovich 2017);
 * htl, esl, gq: liquid, equilibrated at a parent temperature, and minimised there (high-temperature liquid, equilibrated
 * supercooled liquid) or cooled at a constant rate first (gradual quench; Barbot et al. 2018).
 */
export const PROTOCOL_KINDS = ["anneal", "instantaneous", "cooling", "swap", "htl", "esl", "gq"] as const;
/** A way to prepare a glass. */
export type ProtocolKind = (typeof PROTOCOL_KINDS)[number];

/** What the numbers of a protocol measure that may be given with a unit: "7000 K", "1 fs", "10 K/ps". */
export const PROTOCOL_QUANTITIES = {
  liquidTemperature: "temperature",
  liquidTime: "time",
  annealTemperature: "temperature",
  annealTime: "time",
  finalTemperature: "temperature",
  coolingRate: "rate",
  temperature: "temperature",
  dt: "time",
  relaxation: "time",
} as const satisfies Partial<Record<keyof ProtocolOptions, Quantity>>;

/**
 * Every number of a preparation, in the units of the model; what is left out follows the model and the paper. Defaults of
 * times are in τ₀ = √(m λ²/ε) of the lightest particle's mass m.
 */
export interface ProtocolOptions {
  /** Default "anneal". */
  readonly kind?: ProtocolKind;
  /** Default: the model's, 1.0. */
  readonly liquidTemperature?: number;
  /** τ₀ at the liquid temperature; default 20. */
  readonly liquidTime?: number;
  /** anneal: default the model's, just below T_g; htl, esl, gq: the parent temperature, 9.18, 0.941, 0.941 of T_g. */
  readonly annealTemperature?: number;
  /** anneal: τ₀ at the anneal temperature; default the model's; htl: 20, esl, gq: 1,000. */
  readonly annealTime?: number;
  /** cooling: temperature at the end; default half the model's T_g; gq: 0.0804 of T_g. */
  readonly finalTemperature?: number;
  /** cooling: −dT/dt, ε/(k_B τ₀); default 0.005; gq: what takes 10⁶ τ₀. */
  readonly coolingRate?: number;
  /** swap: that of the liquid which the glass is quenched from; default as annealTemperature. */
  readonly temperature?: number;
  /** swap: Monte Carlo sweeps (N attempts each) at that temperature, rounded up to tens; default 10,000. */
  readonly sweeps?: number;
  /** swap: share of attempts that exchange two diameters; default 0.2. */
  readonly swapShare?: number;
  /**
   * P, ε/λ^d: the box is free. Liquids are held at it (swap: at constant volume), and the glass is the minimum of the enthalpy
   * in positions and in the size of the box. Default: constant volume.
   */
  readonly pressure?: number;
  /** Time step, τ₀; default 0.005. */
  readonly dt?: number;
  /** Relaxation time of the thermostat, τ₀; default 0.5. */
  readonly relaxation?: number;
  /** Default "fire". */
  readonly minimizer?: Method;
  /** Of the minimisation, see `MinimizeOptions`; default 1e-12. */
  readonly tolerance?: number;
}

/** A preparation with every number set; those of other kinds are left out. */
export type Protocol = Readonly<
  Required<
    Pick<
      ProtocolOptions,
      "kind" | "liquidTemperature" | "liquidTime" | "dt" | "relaxation" | "minimizer" | "tolerance"
    >
  >
> &
  Pick<
    ProtocolOptions,
    | "annealTemperature"
    | "annealTime"
    | "finalTemperature"
    | "coolingRate"
    | "temperature"
    | "sweeps"
    | "swapShare"
    | "pressure"
  >;

/** A stretch of molecular dynamics, or of Monte Carlo with swaps, of a preparation. */
export interface ProtocolStage {
  readonly name: "liquid" | "anneal" | "cooling" | "swap";
  /** Of dynamics; of Monte Carlo, sweeps. A multiple of BLOCK. */
  readonly steps: number;
  readonly temperature: Temperature;
  /** Velocities are scaled to this temperature at the start: a jump. */
  readonly jump?: number;
  /** It is looked at whether the liquid forgets. */
  readonly watched?: boolean;
}

/**
 * Parent temperatures and the end of the gradual quench over the mode-coupling temperature, 0.373 of the model of Falk &
 * Langer: a hot liquid, 0.351 and 0.03 (Barbot et al., Phys. Rev. E 97, 033001, 2018; Castellanos, Roux & Patinet, C. R.
 * Phys. 22, 2021). Other models' are of their T_g.
 */
const PARENTS = { htl: 9.18, esl: 0.351 / 0.373, gq: 0.351 / 0.373 } as const;
const GRADUAL = { end: 0.03 / 0.373, time: 1e6 } as const;
/** τ₀ at the parent temperature. */
const PARENT_TIME = { htl: 20, esl: 1000, gq: 1000 } as const;

function isParent(kind: ProtocolKind): kind is keyof typeof PARENTS {
  return kind in PARENTS;
}

/** Whether glasses of this kind come from a liquid that is to be in equilibrium: they say whether it was. */
export function holdsLiquid(kind: ProtocolKind): boolean {
  return kind === "swap" || isParent(kind);
}

/** Of the three preparations of Barbot et al. */
function parentNumbers(
  kind: keyof typeof PARENTS,
  options: ProtocolOptions,
  { transition, tau }: { readonly transition: number | undefined; readonly tau: number },
  known: <T>(field: keyof ProtocolOptions, value: T | undefined) => T,
): Pick<Protocol, "annealTemperature" | "annealTime" | "finalTemperature" | "coolingRate"> {
  const of = (part: number) =>
    transition === undefined ? undefined : Number((part * transition).toPrecision(6));
  const annealTemperature = known("annealTemperature", options.annealTemperature ?? of(PARENTS[kind]));
  const parent = { annealTemperature, annealTime: options.annealTime ?? PARENT_TIME[kind] * tau };
  if (kind !== "gq") return parent;
  const finalTemperature = known("finalTemperature", options.finalTemperature ?? of(GRADUAL.end));
  const coolingRate = options.coolingRate ?? (annealTemperature - finalTemperature) / (GRADUAL.time * tau);
  if (!(finalTemperature < annealTemperature)) {
    const message = `a gradual quench goes down: finalTemperature ${finalTemperature} is not below annealTemperature ${annealTemperature}`;
    throw new SoftfieldError("usage", message, { field: "finalTemperature" });
  }
  return { ...parent, finalTemperature, coolingRate };
}

/**
 * Fills in what is left out and checks all numbers.
 * Throws "model" where the model says nothing of glasses and a number is missing, "usage" on bad numbers.
 */
export function resolveProtocol(model: PairModel, options: ProtocolOptions = {}): Protocol {
  const { glass } = model;
  const tau = inertialTime({ species: Int32Array.from(model.species.keys()) }, model);
  const kind = options.kind ?? "anneal";
  if (!PROTOCOL_KINDS.includes(kind)) {
    throw new SoftfieldError("usage", `unknown protocol "${kind}"; there are ${PROTOCOL_KINDS.join(", ")}`, {
      field: "kind",
    });
  }
  const known = <T>(field: keyof ProtocolOptions, value: T | undefined): T => {
    if (value !== undefined) return value;
    throw new SoftfieldError(
      "model",
      `the model "${model.name}" doesn't say how its glasses are made: give ${field}`,
      { field },
    );
  };
  if (kind === "swap") checkSwap(model);
  const protocol: Protocol = {
    kind,
    liquidTemperature: known("liquidTemperature", options.liquidTemperature ?? glass?.liquidTemperature),
    liquidTime: options.liquidTime ?? 20 * tau,
    ...(kind === "anneal" && {
      annealTemperature: known("annealTemperature", options.annealTemperature ?? glass?.annealTemperature),
      annealTime: known("annealTime", options.annealTime ?? glass?.annealTime),
    }),
    ...(kind === "cooling" && {
      finalTemperature: known(
        "finalTemperature",
        options.finalTemperature ?? (glass && 0.5 * glass.glassTransition),
      ),
      coolingRate: options.coolingRate ?? 0.005 / tau,
    }),
    ...(isParent(kind) && parentNumbers(kind, options, { transition: glass?.glassTransition, tau }, known)),
    ...(kind === "swap" && {
      temperature: known("temperature", options.temperature ?? glass?.annealTemperature),
      sweeps: options.sweeps ?? 10_000,
      swapShare: options.swapShare ?? 0.2,
    }),
    ...(options.pressure !== undefined && { pressure: options.pressure }),
    dt: options.dt ?? 0.005 * tau,
    relaxation: options.relaxation ?? 0.5 * tau,
    minimizer: options.minimizer ?? "fire",
    tolerance: options.tolerance ?? 1e-12,
  };
  checkNumbers(protocol);
  return Object.freeze(protocol);
}

/** The molecular dynamics of a protocol, stage by stage; times are rounded up to whole blocks of steps. */
export function stagesOf(protocol: Protocol): readonly ProtocolStage[] {
  const { kind, liquidTemperature: hot, liquidTime, dt } = protocol;
  const steps = (time: number) => BLOCK * Math.ceil(time / dt / BLOCK - 1e-9);
  const liquid: ProtocolStage = { name: "liquid", steps: steps(liquidTime), temperature: hot };
  if (kind === "anneal" || isParent(kind)) {
    const cold = protocol.annealTemperature!;
    const held: ProtocolStage = {
      name: "anneal",
      steps: steps(protocol.annealTime!),
      temperature: cold,
      jump: cold,
      watched: holdsLiquid(kind),
    };
    if (kind !== "gq") return [liquid, held];
    const end = protocol.finalTemperature!;
    const time = (cold - end) / protocol.coolingRate!;
    return [liquid, held, { name: "cooling", steps: steps(time), temperature: { from: cold, to: end } }];
  }
  if (kind === "cooling") {
    const cold = protocol.finalTemperature!;
    const time = (hot - cold) / protocol.coolingRate!;
    return [liquid, { name: "cooling", steps: steps(time), temperature: { from: hot, to: cold } }];
  }
  if (kind === "swap") {
    const sweeps = BLOCK * Math.ceil(protocol.sweeps! / BLOCK);
    return [liquid, { name: "swap", steps: sweeps, temperature: protocol.temperature! }];
  }
  return [liquid];
}

function checkNumbers(protocol: Protocol): void {
  const { finalTemperature, liquidTemperature } = protocol;
  const positive = ["dt", "relaxation", "tolerance", "coolingRate", "temperature", "sweeps"] as const;
  const notNegative = ["liquidTime", "annealTime", "annealTemperature", "finalTemperature"] as const;
  for (const field of positive) refuse(protocol, field, (value) => value > 0, "positive");
  for (const field of notNegative) refuse(protocol, field, (value) => value >= 0, "no less than 0");
  refuse(protocol, "swapShare", (value) => value > 0 && value < 1, "between 0 and 1");
  refuse(protocol, "pressure", (value) => value > -Infinity, "a number");
  refuse(protocol, "liquidTemperature", (value) => value > 0, "positive");
  if (finalTemperature !== undefined && finalTemperature >= liquidTemperature) {
    throw new SoftfieldError(
      "usage",
      `cooling goes down: finalTemperature ${finalTemperature} is not below liquidTemperature ${liquidTemperature}`,
      { field: "finalTemperature" },
    );
  }
  if (!METHODS.includes(protocol.minimizer)) {
    throw new SoftfieldError(
      "usage",
      `unknown minimiser "${protocol.minimizer}"; there are ${METHODS.join(", ")}`,
      { field: "minimizer" },
    );
  }
}

function refuse(
  protocol: Protocol,
  field: keyof Protocol,
  fine: (value: number) => boolean,
  words: string,
): void {
  const value = protocol[field];
  if (value === undefined || (typeof value === "number" && value < Infinity && fine(value))) return;
  throw new SoftfieldError("usage", `${field} must be ${words}, got ${value}`, { field });
}
