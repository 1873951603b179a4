// Local thermal energies by windows against exact ones, as a function of the reach and of what is corrected: with everything
// outside of a window held; followed in 16 soft directions of the whole glass; in these and by 16 or 96 samples of the
// rest; and whether what is said covers what is off, over seeds. A line of JSON a run, and a figure of such lines.
//   npx --no-install node --conditions=softfield-source validation/windows.ts GLASS MODEL R,R,… [seeds = 4] [samples = 16,96]
//   npx --no-install node --conditions=softfield-source validation/windows.ts --figure FIGURE.svg LINES.jsonl…
import { readFileSync, writeFileSync } from "node:fs";
import { CURVE_COLOURS, chart, panels } from "@softfield/figures";
import { useMachine } from "@softfield/node";
import {
  localThermalEnergy,
  minimumOf,
  type PieceStore,
  type PresetName,
  preset,
  readSnapshot,
  toSystem,
  windowedThermalEnergy,
} from "softfield";
import {
  CORE,
  fluctuations,
  hessian,
  piecesIn,
  ScaledMatrix,
  softPart,
  windowSums,
  windowsOf,
  wrapPositions,
} from "softfield/internal";

interface Line {
  readonly glass: string;
  readonly reach: number;
  /** "held", "soft", or how many samples */
  readonly corrected: string | number;
  readonly off: number;
  readonly offH: number;
  readonly said?: number;
  readonly bound?: number;
}

if (process.argv[2] === "--figure") draw(process.argv[3], process.argv.slice(4));
else compare(process.argv.slice(2));

function compare([path, name, reaches, seeds = "4", counts = "16,96"]: readonly string[]): void {
  if (!path || !name || !reaches) throw new Error("GLASS MODEL R,R,… are missing");
  useMachine(1);
  const model = preset(name as PresetName);
  const { system } = toSystem(readSnapshot(readFileSync(path), { source: path }), model);
  const minimum = minimumOf(system, model);
  const { backbone, arithmetic } = minimum;
  const { interactions, box, positions } = backbone;
  const [exact] = localThermalEnergy(minimum).energies;
  const size = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  const offOf = (x: Float64Array, from: Float64Array) => size(x.map((v, m) => v - from[m])) / size(from);
  const glass = `${name} N = ${interactions.particleCount}`;
  const print = (line: Line & object) => console.log(JSON.stringify(line));

  // what windows of any reach share is made once
  const kept = new Map<string, readonly Float64Array[]>();
  const pieces: PieceStore = {
    read: (key) => kept.get(key),
    write: (key, piece) => {
      if (piece[0].length === positions.length) kept.set(key, piece);
    },
    order: (count) => Array.from({ length: count }, (_, k) => k),
  };

  const matrix = hessian(interactions);
  const scaled = new ScaledMatrix(matrix, "fast");
  const start = [0, 1, 2, 3].flatMap((k) => fluctuations(scaled, 1 + 0x5eed, k));
  const soft = softPart(scaled, start).directions;
  const plain = piecesIn(
    undefined,
    () => "",
    () => undefined,
  );
  for (const reach of reaches.split(",").map(Number)) {
    const { fractional } = wrapPositions(box, positions);
    const most = Math.min(CORE[interactions.dimension], Math.ceil(interactions.particleCount / 8));
    const windows = windowsOf(
      box,
      fractional.map((x) => x - Math.floor(x)),
      reach,
      most,
    );
    // Σ x xᵀ as a mean: nothing, and the soft directions, as if they were batches of samples
    const batches = [[], soft.map((x) => x.map((v) => v * Math.sqrt(soft.length)))];
    const sums = windowSums(
      windows,
      { backbone, arithmetic, matrix },
      { directions: [], batches },
      plain,
      {},
    );
    ["held", "soft"].forEach((corrected, k) => {
      const x = minimum.solve(sums.third[k].map((f) => -f));
      const harmonic = sums.harmonic[k][0];
      const follow = interactions.families[0].project(x);
      const off = offOf(
        harmonic.map((h, m) => h + follow[m]),
        exact.lte,
      );
      const offH = offOf(harmonic, exact.harmonic);
      print({ glass, reach, corrected, windows: windows.length, off, offH } as Line);
    });
    for (const samples of counts.split(",").map(Number)) {
      for (let seed = 1; seed <= Number(seeds); seed++) {
        const before = process.cpuUsage();
        const { energies, accuracy } = windowedThermalEnergy(minimum, { reach, samples, seed, pieces });
        const { user, system: own } = process.cpuUsage(before);
        const off = offOf(energies[0].lte, exact.lte);
        const offH = offOf(energies[0].harmonic, exact.harmonic);
        const { relativeError: said, bound, checked } = accuracy;
        const covered = off <= bound;
        const line = { glass, reach, corrected: samples, seed, windows: accuracy.windows, off, offH, said };
        print({ ...line, bound, covered, checked, cpu: (user + own) / 1e6 } as Line);
      }
    }
  }
}

function draw(figure: string, files: readonly string[]): void {
  const lines = files.flatMap((file) =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as Line),
  );
  const rms = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  const glasses = [...new Set(lines.map(({ glass }) => glass))];
  // the same in all panels, with room for the key above all curves
  const errors = lines.flatMap(({ off, bound = off }) => [100 * off, 100 * bound]);
  const domain = [0.8 * Math.min(...errors), 3.5 * Math.max(...errors)] as const;
  const charts = glasses.map((glass, at) => {
    const own = lines.filter((line) => line.glass === glass);
    const curve = (corrected: string | number, of: (line: Line) => number | undefined) => {
      const some = own.filter((line) => line.corrected === corrected);
      const x = [...new Set(some.map(({ reach }) => reach))].sort((a, b) => a - b);
      const y = x.map((reach) =>
        rms(some.filter((line) => line.reach === reach).map((line) => 100 * of(line)!)),
      );
      return { x, y };
    };
    const counts = [
      ...new Set(own.map(({ corrected }) => corrected).filter((c) => typeof c === "number")),
    ].sort((a, b) => a - b);
    const markers = ["triangle", "square"] as const;
    return chart({
      style: "paper",
      title: glass.replace("3dkablj", "Kob–Andersen").replace("2dipl", "2DIPL"),
      key: at === 0 ? "top-right" : "none",
      x: { label: "*R* (λ)" },
      y: { label: "error of *E*, L2 (%)", scale: "log", domain },
      series: [
        {
          ...curve("held", (line) => line.off),
          markers: "open-square",
          line: "dotted",
          label: "surroundings held",
        },
        {
          ...curve("soft", (line) => line.off),
          markers: "ring",
          line: "dashed",
          label: "16 soft directions followed",
        },
        ...counts.flatMap((count, c) => [
          {
            ...curve(count, (line) => line.off),
            markers: markers[c % 2],
            colour: CURVE_COLOURS[2 + c],
            label: `these and ${count} samples of the rest`,
          },
          {
            ...curve(count, (line) => line.bound),
            line: "dashed" as const,
            colour: CURVE_COLOURS[2 + c],
            label: "what is said with 95 % confidence",
          },
        ]),
      ],
    });
  });
  writeFileSync(figure, panels(charts));
}
