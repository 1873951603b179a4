/**
 * A picture of every indicator: its softness field (SI D of Zylberg 2017) of one glass, with the softest five spots and where the
 * first event of simple shear happened.
 *
 *   npx --no-install node --conditions=softfield-source validation/indicators.ts [FIGURE.png]
 *
 * The glass is examples/reference/2dipl_1600. Rows: indicator, C of the event's particle, seconds of processor time.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { heatMap, panels } from "@softfield/figures";
import { svgToPng } from "@softfield/node";
import {
  fieldAt,
  indicatorCorrelation,
  indicatorMaps,
  indicators,
  minimumOf,
  preset,
  readSnapshot,
  shear,
  toSystem,
} from "softfield";

const [figure = "indicators.png"] = process.argv.slice(2);
const file = new URL("../examples/reference/2dipl_1600.extxyz", import.meta.url);
const model = preset("2dipl");
const { system } = toSystem(readSnapshot(readFileSync(file), { source: "2dipl_1600.extxyz" }), model);
const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
const [event] = shear(system, model, { events: 1 }).events;
const drawn = indicators.all.map((indicator) => {
  const start = process.cpuUsage();
  const [{ field, spots }] = indicatorMaps(minimum, { indicators: [indicator.name] });
  const c = indicatorCorrelation(fieldAt(field, system.positions), event.particle);
  const { user, system: inKernel } = process.cpuUsage(start);
  const seconds = (user + inKernel) / 1e6;
  process.stdout.write(`${indicator.name}\t${c.toFixed(3)}\t${seconds.toFixed(2)}\n`);
  // from the least to the largest value, 0 to 1
  const known = Array.from(field.values).filter(Number.isFinite);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return heatMap({
    box: field.box,
    counts: field.counts,
    values: field.values.map((value) => (value - least) / (most - least)),
    spots: spots.spots.slice(0, 5).map(({ rank, position }) => ({ number: rank, position })),
    events: [{ number: 1, position: event.position }],
    label: indicator.name,
    range: [0, 1],
    style: "paper",
    width: 180,
  });
});
writeFileSync(figure, svgToPng(panels(drawn, { columns: 6 }), { width: 1400 }));
