import type { Protocol } from "softfield";

/** Temperature of the liquid which a glass was quenched from at once, ε/k_B; none where it was cooled, or is not made. */
export function parentTemperature(protocol: Protocol | undefined): number | undefined {
  switch (protocol?.kind) {
    case "swap":
      return protocol.temperature;
    case "htl":
    case "esl":
      return protocol.annealTemperature;
    case "instantaneous":
      return protocol.liquidTemperature;
    default:
      return undefined;
  }
}
