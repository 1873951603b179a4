/**
 * Path data with absolute M, L, Q, C and Z, as resvg writes it, in PDF's operators; a quadratic curve with control
 * point q from p to r is the cubic one with p + ⅔(q − p) and r + ⅔(q − r).
 */
export function pathOperators(d: string): string {
  let out = "";
  let [x, y] = [0, 0];
  for (const [, command, text] of d.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    const numbers = (text as string)
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (command === "Z") {
      out += "h\n";
      continue;
    }
    const [ex, ey] = numbers.slice(-2) as [number, number];
    if (command === "Q") {
      const [qx, qy] = numbers as [number, number];
      const third = [
        x + (2 / 3) * (qx - x),
        y + (2 / 3) * (qy - y),
        ex + (2 / 3) * (qx - ex),
        ey + (2 / 3) * (qy - ey),
      ];
      out += `${[...third, ex, ey].map(short).join(" ")} c\n`;
    } else out += `${numbers.map(short).join(" ")} ${command === "M" ? "m" : command === "L" ? "l" : "c"}\n`;
    [x, y] = [ex, ey];
  }
  return out;
}

/** Five decimals and never an exponent, which PDF does not read. */
function short(value: number): string {
  return String(Math.round(value * 1e5) / 1e5).includes("e") ? "0" : String(Math.round(value * 1e5) / 1e5);
}
