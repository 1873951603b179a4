// The page of browser-glass.test.ts: makes one small glass and hands its positions over.
import { makeGlass, type PresetName, preset } from "softfield";

declare global {
  var glassPositions: (name: PresetName) => number[];
}

globalThis.glassPositions = (name) => {
  const protocol = { liquidTime: 2, annealTime: 5 };
  return [...makeGlass({ model: preset(name), particles: 200, seed: 7, protocol }).system.positions];
};
