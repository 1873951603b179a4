// Local thermal energies by windows against exact ones, as a function of the reach and of what is corrected: with everything
// outside of a window held ("held"), with 16 and with 96 samples of the fluctuations of the whole glass; and whether what is
// said covers what is off, over seeds. A line of JSON a run; the figure's points.
//   npx --no-install node --conditions=softfield-source validation/windows.ts GLASS MODEL R,R,… [seeds = 4] [samples = 16,96]
import { readFileSync } from "node:fs";
import { useMachine } from "@softfield/node";
import {
  localThermalEnergy,
  minimumOf,
  type PresetName,
  preset,
  readSnapshot,
  toSystem,
  windowedThermalEnergy,
} from "softfield";

const [path, name, reaches, seeds = "4", counts = "16,96"] = process.argv.slice(2);
if (!path || !name || !reaches) throw new Error("GLASS MODEL R,R,… are missing");
useMachine();
const model = preset(name as PresetName);
const { system } = toSystem(readSnapshot(readFileSync(path), { source: path }), model);
const minimum = minimumOf(system, model);
const [exact] = localThermalEnergy(minimum).energies;
const size = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));

for (const reach of reaches.split(",").map(Number))
  for (const samples of counts.split(",").map(Number))
    for (let seed = 1; seed <= Number(seeds); seed++) {
      const start = process.cpuUsage();
      const { energies, accuracy } = windowedThermalEnergy(minimum, { reach, samples, seed });
      const { user, system: own } = process.cpuUsage(start);
      const [{ lte, harmonic }] = energies;
      const off = size(lte.map((e, m) => e - exact.lte[m])) / size(exact.lte);
      const offH = size(harmonic.map((h, m) => h - exact.harmonic[m])) / size(exact.harmonic);
      const { relativeError: said, bound, windows, checked } = accuracy;
      const line = { reach, samples, seed, windows, off, said, bound, covered: off <= bound, offH, checked };
      console.log(JSON.stringify({ ...line, cpu: (user + own) / 1e6 }));
    }
