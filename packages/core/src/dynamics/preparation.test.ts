import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeGlass } from "../deform/index.ts";
import { type PaperModel, preset } from "../models/index.ts";
import { createBox } from "../space/index.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { EquilibrationCheck } from "./equilibration.ts";
import { type GlassRecipe, Preparation } from "./preparation.ts";
import { type ProtocolOptions, resolveProtocol, stagesOf } from "./protocol.ts";

const brief: ProtocolOptions = { liquidTime: 2, annealTime: 5 };
const recipe = (name: PaperModel, protocol: ProtocolOptions = brief, particles = 200): GlassRecipe => ({
  model: preset(name),
  particles,
  seed: 7,
  protocol,
});
const hash = (positions: Float64Array) =>
  createHash("sha256").update(new Uint8Array(positions.buffer)).digest("hex").slice(0, 16);

/** The very bits, on every engine. A change here changes every glass that was ever made: say so in the release notes. */
const GOLDEN: Record<PaperModel, string> = {
  "2dipl": "1ff4706627840d69",
  "3dipl": "949bdf72da9be15e",
  "3dkablj": "0137023ba7ea0fe2",
};

describe.each(["2dipl", "3dipl", "3dkablj"] as const)("%s", (name) => {
  test("golden positions", () => {
    const { system, minimization } = makeGlass(recipe(name));
    expect(minimization.status).toBe("converged");
    expect(minimization.residual).toBeLessThanOrEqual(1e-12);
    expect(hash(system.positions)).toBe(GOLDEN[name]);
  });

  test("interrupted anywhere and resumed: the same bits", () => {
    let preparation = Preparation.start(recipe(name));
    for (let k = 1; !preparation.advance(10 * k); k += 7) {
      preparation = Preparation.resume(recipe(name), preparation.checkpoint());
    }
    const beforeMinimum = Preparation.resume(recipe(name), preparation.checkpoint());
    expect(hash(beforeMinimum.finish().system.positions)).toBe(GOLDEN[name]);
  });
});

test("species are exactly as the fractions say, the box has the density", () => {
  const system = Preparation.start(recipe("3dkablj", brief, 1000)).field.system();
  expect(system.species.reduce((sum, s) => sum + s, 0)).toBe(200);
  const [x, , , , y, , , , z] = system.box.vectors as unknown as number[];
  expect(1000 / (x! * y! * z!)).toBeCloseTo(1.2, 12);
});

test("another seed, another glass", () => {
  const one = makeGlass({ ...recipe("2dipl"), seed: 8 });
  expect(hash(one.system.positions)).not.toBe(GOLDEN["2dipl"]);
});

test("protocols: slower is deeper", () => {
  const energy = (protocol: ProtocolOptions) =>
    makeGlass(recipe("2dipl", { liquidTime: 5, ...protocol }, 400)).minimization.energy / 400;
  const instantaneous = energy({ kind: "instantaneous" });
  const fast = energy({ kind: "cooling", coolingRate: 0.2 });
  const slow = energy({ kind: "cooling", coolingRate: 0.005 });
  const annealed = energy({ annealTime: 100 });
  expect(fast).toBeLessThan(instantaneous);
  expect(slow).toBeLessThan(fast);
  expect(annealed).toBeLessThan(fast);
});

describe("checkpoints", () => {
  const preparation = Preparation.start(recipe("2dipl"));
  preparation.advance(50);
  const bytes = preparation.checkpoint();

  test("hold what they were given", () => {
    const content = {
      header: { a: [1, "ü"], b: null },
      arrays: { x: Float64Array.of(0.1, -0), n: Int32Array.of(3) },
    };
    expect(decodeCheckpoint(encodeCheckpoint(content))).toEqual(content);
    // as files are read, whose slice() copies nothing
    expect(decodeCheckpoint(Buffer.from(encodeCheckpoint(content)))).toEqual(content);
  });
  test("any flipped bit or missing byte is seen", () => {
    for (const at of [0, 9, 40, 700, bytes.length - 900, bytes.length - 2]) {
      const bent = bytes.slice();
      bent[at] ^= 4;
      expect(() => Preparation.resume(recipe("2dipl"), bent)).toThrow(/checkpoint cannot be used/);
    }
    for (const length of [0, 5, 19, 500, bytes.length - 1]) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow(/checkpoint cannot be used/);
    }
  });
  test.each([
    ["seed", { ...recipe("2dipl"), seed: 8 }],
    ["particles", recipe("2dipl", brief, 201)],
    ["protocol", recipe("2dipl", { ...brief, dt: 0.004 })],
  ])("of another %s are refused", (field, other) => {
    expect(() => Preparation.resume(other, bytes)).toThrow(new RegExp(`another glass: its ${field} is`));
  });
});

describe("the three preparations of Barbot et al. 2018", () => {
  const model = preset("falk-langer");

  test("parent temperatures, and a gradual quench over 10⁶", () => {
    expect(resolveProtocol(model, { kind: "htl" })).toMatchObject({
      annealTemperature: 3.42414,
      annealTime: 20,
    });
    expect(resolveProtocol(model, { kind: "esl" })).toMatchObject({
      annealTemperature: 0.351,
      annealTime: 1000,
    });
    const gradual = resolveProtocol(model, { kind: "gq" });
    expect(gradual).toMatchObject({ annealTemperature: 0.351, finalTemperature: 0.03 });
    expect(gradual.coolingRate! * 1e6).toBeCloseTo(0.321, 12);
    const stages = stagesOf(resolveProtocol(model, { kind: "gq", coolingRate: 1e-3 }));
    expect(stages.map(({ name }) => name)).toEqual(["liquid", "anneal", "cooling"]);
    expect(stages[2]).toMatchObject({ steps: 64200, temperature: { from: 0.351, to: 0.03 } });
  });

  test("the more gradual, the lower the energy", () => {
    const energyOf = (protocol: ProtocolOptions) => {
      const shared = { liquidTime: 5, annealTime: 30, ...protocol };
      const made = [1, 2, 3].map((seed) => makeGlass({ model, particles: 150, seed, protocol: shared }));
      return made.reduce((sum, { minimization }) => sum + minimization.energy / 150 / made.length, 0);
    };
    const supercooled = energyOf({ kind: "esl" });
    expect(energyOf({ kind: "htl" })).toBeGreaterThan(supercooled + 0.02);
    expect(energyOf({ kind: "gq", coolingRate: 4e-3 })).toBeLessThan(supercooled - 0.005);
  });

  test("they say whether the parent was in equilibrium, the same however they are cut", () => {
    const recipe = { model, particles: 150, seed: 1 };
    const made = (kind: "htl" | "esl") =>
      makeGlass({ ...recipe, protocol: { kind, liquidTime: 1, annealTime: 40 } }).equilibration!;
    const hot = made("htl");
    expect(hot).toMatchObject({ status: "equilibrated", temperature: 3.42414, time: 40 });
    expect(hot.overlapTime).toBeLessThan(2);
    const cold = made("esl");
    expect(cold).toMatchObject({ status: "aged", temperature: 0.351, time: 40 });
    expect("diameterTime" in cold).toBe(false);
    const protocol = {
      kind: "gq",
      liquidTime: 1,
      annealTemperature: 2,
      annealTime: 60,
      coolingRate: 0.2,
    } as const;
    const whole = makeGlass({ ...recipe, protocol });
    const preparation = Preparation.start({ ...recipe, protocol });
    // 200 of the liquid's 200 steps and 70 % of the parent's
    for (let block = 0; block < 86; block++) preparation.advance(100);
    expect(preparation.progress.stage).toBe("anneal");
    const resumed = Preparation.resume({ ...recipe, protocol }, preparation.checkpoint()).finish();
    expect(resumed.equilibration).toEqual(whole.equilibration);
    expect(resumed.system).toEqual(whole.system);
    expect(whole.equilibration).toMatchObject({ status: "equilibrated", time: 60 });
    expect(
      makeGlass({ ...recipe, protocol: { kind: "anneal", liquidTime: 1, annealTime: 1 } }).equilibration,
    ).toBe(undefined);
  });

  test("a box that breathes moves nobody", () => {
    const { box, positions } = Preparation.start({ model, particles: 150, seed: 1 }).field.system();
    const check = new EquilibrationCheck(10, "time", 1);
    const at = (time: number, growth: number) =>
      check.look(
        createBox(
          2,
          box.vectors.map((x) => x * growth),
        ),
        time,
        positions.map((x) => x * growth),
      );
    at(5, 1);
    at(6, 1.1);
    expect(check.result.overlapTime).toBe(undefined);
  });

  test("a quench that goes up is refused", () => {
    expect(() => resolveProtocol(model, { kind: "gq", finalTemperature: 0.4 })).toThrow(/goes down/);
  });
});

describe("refusals", () => {
  test.each([
    [{ liquidTemperature: -1 }, /liquidTemperature must be positive/],
    [{ annealTemperature: -0.1 }, /annealTemperature must be no less than 0/],
    [{ liquidTime: -3 }, /liquidTime/],
    [{ dt: 0 }, /dt must be positive/],
    [{ kind: "cooling", finalTemperature: 2 }, /cooling goes down/],
    [{ kind: "slowly" as never }, /unknown protocol "slowly"; there are anneal, instantaneous, cooling/],
    [{ minimizer: "best" as never }, /unknown minimiser "best"/],
  ] as [ProtocolOptions, RegExp][])("%j", (protocol, message) => {
    expect(() => resolveProtocol(preset("2dipl"), protocol)).toThrow(message);
  });
  test("N too small for the cutoff", () => {
    expect(() => makeGlass(recipe("2dipl", brief, 3))).toThrow(/wide, less than the cutoff.*more particles/);
  });
  test.each([0, 1, 2.5, Number.NaN])("N = %d", (particles) => {
    expect(() => makeGlass(recipe("2dipl", brief, particles))).toThrow(/number of particles/);
  });
  test("a seed that is no integer", () => {
    expect(() => makeGlass({ ...recipe("2dipl"), seed: 0.5 })).toThrow(/seed must be an integer/);
  });
  test("a time step that blows up", () => {
    expect(() => makeGlass(recipe("2dipl", { ...brief, dt: 0.2 }))).toThrow(/blew up at step/);
  });
  test("a model that says nothing of glasses", () => {
    const { glass: _, ...bare } = preset("2dipl");
    expect(() => resolveProtocol(bare)).toThrow(
      /doesn't say how its glasses are made: give liquidTemperature/,
    );
    expect(() =>
      makeGlass({
        ...recipe("2dipl", { ...brief, liquidTemperature: 1, annealTemperature: 1 }),
        model: bare,
      }),
    ).toThrow(/"glass" section/);
  });
  test("an abort signal", () => {
    expect(() => makeGlass(recipe("2dipl"), { signal: AbortSignal.abort() })).toThrow(/stopped/);
  });
});
