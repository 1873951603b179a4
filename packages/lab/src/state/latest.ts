/** A picture that takes longer (ms) is followed by as long a rest, so that a slow renderer leaves the page usable. */
const SLOW_PICTURE = 50;

/**
 * Hands on the latest value with the next picture of the screen: what comes faster than it can be shown is skipped.
 * After `end` nothing more is handed on.
 */
export function latest<Value>(apply: (value: Value) => void): {
  readonly offer: (value: Value) => void;
  readonly end: () => void;
} {
  let waiting: Value | undefined;
  let asked = false;
  let over = false;
  let rest = 0;
  const show = (began: number): void => {
    const now = waiting;
    waiting = undefined;
    if (over || now === undefined) return;
    apply(now);
    requestAnimationFrame((ended) => {
      rest = ended - began > SLOW_PICTURE ? ended - began : 0;
      asked = false;
      if (waiting !== undefined) ask();
    });
  };
  const ask = (): void => {
    asked = true;
    setTimeout(() => requestAnimationFrame(show), rest);
  };
  return {
    offer: (value) => {
      waiting = value;
      if (!asked) ask();
    },
    end: () => {
      over = true;
    },
  };
}
