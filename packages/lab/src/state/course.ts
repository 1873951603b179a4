import type { Frame } from "../engine/messages.ts";

/** Curves of a preparation. */
export interface Course {
  readonly time: readonly number[];
  readonly temperature: readonly number[];
  readonly energy: readonly number[];
  readonly stage: string;
}

const MAX_POINTS = 600;

/** The curves with one more point; where they grow long, every other one is left out. */
export function follow(before: Course | undefined, frame: Frame): Course {
  const { time = [], temperature = [], energy = [] } = before ?? {};
  const thin = (values: readonly number[], value: number): number[] => {
    const longer = [...values, value];
    return longer.length > MAX_POINTS
      ? longer.filter((_, k) => k % 2 === 0 || k === longer.length - 1)
      : longer;
  };
  return {
    time: thin(time, frame.time),
    temperature: thin(temperature, frame.temperature),
    energy: thin(energy, frame.energy),
    stage: frame.stage,
  };
}
