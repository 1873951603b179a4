import { localThermalEnergy } from "../response/index.ts";
import { type Indicator, ofParticles } from "./indicator.ts";
import { lengths } from "./lengths.ts";

/** |X_i|, the thermal displacement, Eq. 2, Zylberg 2017. */
export const displacement: Indicator = {
  name: "displacement",
  short: "|X|",
  label: "|*X*|",
  unit: "λ/ε",
  description: "thermal displacement of particles",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    const { displacement: x } = localThermalEnergy(minimum, {}, control);
    return ofParticles(minimum, lengths(x, minimum.system.box.dimension));
  },
};
