/** Room 3, space: Box (with tilt), minimum image, cells and neighbour pairs, System. */
export {
  type Box,
  createBox,
  faceDistances,
  inverseVectors,
  minimumImage,
  nearBox,
  rectangularBox,
  reducedBox,
  volume,
  type WrappedPositions,
  wrapPositions,
} from "./box.ts";
export { type CrystalName, crystal, crystalDimension, crystalNames } from "./crystal.ts";
export { lengthUnit, spacingUnit } from "./lengthunit.ts";
export { imageOrder, type NeighborPairs, neighborPairs } from "./neighbors.ts";
export { particleCount, type System, validateSystem } from "./system.ts";
export { type VoronoiCell, voronoiCells } from "./voronoi.ts";
