import type { Bets } from "../state/bet.ts";
import type { Game } from "../state/game.ts";
import { cameTrue } from "../words.ts";

/** A game's bets, glass by glass, of each who bet. */
export interface Row {
  readonly who: string;
  /** Of its colour. */
  readonly kind: "you" | "lte" | "modes";
  readonly shares: readonly (number | undefined)[];
}

export function rowsOf(results: readonly Bets[]): readonly Row[] {
  return [
    { who: "I", kind: "you", shares: results.map(({ you }) => you) },
    { who: "circle 1 (map)", kind: "lte", shares: results.map(({ lte }) => lte) },
    { who: "square M (modes)", kind: "modes", shares: results.map(({ modes }) => modes) },
  ];
}

/** In signs that every font has, for a message: a line each, a hit is a full circle. */
export function inLines(results: readonly Bets[]): string {
  const lines = rowsOf(results).map(({ who, shares }) => {
    const hits = shares.filter(cameTrue).length;
    return `${shares.map((share) => (cameTrue(share) ? "●" : "○")).join("")} ${hits} ${who}`;
  });
  return [...lines, `● hit; a blind tap hits 1 in 10`].join("\n");
}

const WIDTH = 1200;
const HEIGHT = 630;
const COLOURS: Readonly<Record<Row["kind"], string>> = { you: "#4ee58b", lte: "#7cbcf0", modes: "#f5b700" };

/** The result of a game as a picture to share. */
export function scoreCard({ series, results }: Game): Promise<Blob> {
  const sheet = document.createElement("canvas");
  sheet.width = WIDTH;
  sheet.height = HEIGHT;
  const pen = sheet.getContext("2d");
  if (!pen) throw new Error("The browser gives no canvas to draw the card on.");
  const back = pen.createRadialGradient(860, 330, 40, 860, 330, 900);
  back.addColorStop(0, "#1a6e9e");
  back.addColorStop(0.35, "#10273f");
  back.addColorStop(1, "#0e1116");
  pen.fillStyle = back;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const text = (words: string, x: number, y: number, font: string, colour = "#f3f5f8"): void => {
    pen.fillStyle = colour;
    pen.font = `${font} system-ui, sans-serif`;
    pen.fillText(words, x, y);
  };
  text("Where will a glass break?", 70, 130, "700 64px");
  text(
    `softfield · game ${series} · ${results.length} glasses of 400 particles`,
    70,
    185,
    "400 28px",
    "#9fb4c8",
  );
  rowsOf(results).forEach(({ who, kind, shares }, r) => {
    const y = 270 + 105 * r;
    text(who, 70, y + 40, "600 34px");
    shares.forEach((share, k) => {
      pen.fillStyle = cameTrue(share) ? COLOURS[kind] : "#2a3442";
      pen.beginPath();
      pen.roundRect(470 + 56 * k, y, 46, 54, 8);
      pen.fill();
    });
    text(`${shares.filter(cameTrue).length}/${results.length}`, 1060, y + 42, "700 40px");
  });
  text(
    "filled: a hit, nearer to the place that broke than 90 % of the glass; a blind tap hits 1 in 10",
    70,
    588,
    "400 25px",
    "#9fb4c8",
  );
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The card could not be made."))));
  });
}
