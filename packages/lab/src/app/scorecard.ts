import type { Bets } from "../state/bet.ts";
import type { Game } from "../state/game.ts";
import { FORETOLD } from "../state/verdict.ts";

const square = (share: number | undefined) =>
  share === undefined ? "⬜" : share <= FORETOLD ? "🟩" : share <= 0.25 ? "🟨" : "⬜";

/** Two lines of squares: yours and those of E; green is a hit. */
export function squares(results: readonly Bets[]): string {
  const line = (pick: (bets: Bets) => number | undefined) =>
    results.map((bets) => square(pick(bets))).join("");
  return `me ${line(({ you }) => you)}\n E ${line(({ lte }) => lte)}`;
}

const WIDTH = 1200;
const HEIGHT = 630;

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
  const rows = [
    ["I", results.map(({ you }) => you)],
    ["Local thermal energy", results.map(({ lte }) => lte)],
    ["Normal modes", results.map(({ modes }) => modes)],
  ] as const;
  rows.forEach(([who, shares], r) => {
    const y = 270 + 105 * r;
    text(who, 70, y + 40, "600 34px");
    shares.forEach((share, k) => {
      pen.fillStyle =
        share === undefined
          ? "#2a3442"
          : share <= FORETOLD
            ? "#4ee58b"
            : share <= 0.25
              ? "#f5b700"
              : "#2a3442";
      pen.beginPath();
      pen.roundRect(470 + 56 * k, y, 46, 54, 8);
      pen.fill();
    });
    const count = shares.filter((share) => (share ?? 1) <= FORETOLD).length;
    text(`${count}/${results.length}`, 1060, y + 42, "700 40px");
  });
  text(
    "green: foretold, with 90 % of the glass or more behind the place that broke; by chance 1 of 10",
    70,
    588,
    "400 25px",
    "#9fb4c8",
  );
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The card could not be made."))));
  });
}
