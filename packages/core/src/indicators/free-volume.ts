import { eachCell, radiiOf, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/** Volume of a particle's radical Voronoi cell over that of the particle, a disc or sphere of diameter λ_ii. */
export const freeVolume: Indicator = {
  name: "free-volume",
  short: "free volume",
  label: "*V*_{cell}/*V*_{particle}",
  unit: "1",
  description: "volume of particles' radical Voronoi cells over their own",
  of: "particles",
  threshold: 0,
  run: (minimum) => {
    const d = minimum.system.box.dimension;
    const ratios = radiiOf(minimum).map(
      (a) => 1 / (d === 2 ? Math.PI * a * a : (4 / 3) * Math.PI * a * a * a),
    );
    eachCell(minimum, (p, { volume }) => {
      ratios[p] *= volume;
    });
    return ofParticles(minimum, withoutRattlers(minimum, ratios));
  },
};
