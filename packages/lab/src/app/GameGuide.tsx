import type { ComponentChildren, JSX } from "preact";
import { save } from "../files/save.ts";
import { Copyable } from "../panels/Copyable.tsx";
import { addressOf } from "../state/address.ts";
import { type Bets, bet, HIT } from "../state/bet.ts";
import { type Game, game, hits, leaveGame, next, play, seriesOfToday, stake } from "../state/game.ts";
import { gameParameters } from "../state/link.ts";
import { codeOf } from "../state/result.ts";
import { tab } from "../state/view.ts";
import { failure } from "../state/work.ts";
import { NARROW, percent } from "../words.ts";
import { later } from "./later.tsx";
import { scoreCard, squares } from "./scorecard.ts";

const QrCode = later(() => import("../panels/QrCode.tsx").then((module) => module.QrCode));

/** Beside the stage while a game is played. */
export function GameGuide(): JSX.Element {
  const now = game.value!;
  return (
    <section class="group guide" aria-labelledby="game-title">
      <p class="hint">
        {now.phase === "over"
          ? `Game ${now.series}`
          : `Glass ${now.round + 1} of ${now.rounds}, game ${now.series}`}
      </p>
      {now.phase === "over" ? <Over now={now} /> : <Round now={now} />}
      <div class="row">
        <button
          type="button"
          class="quiet"
          onClick={() => {
            leaveGame();
            tab.value = "break";
          }}
        >
          To the lab
        </button>
      </div>
    </section>
  );
}

function Round({ now }: { readonly now: Game }): JSX.Element {
  const last = now.results.at(-1);
  return (
    <>
      <h2 id="game-title">{now.phase !== "over" && TITLES[now.phase]}</h2>
      <div class="told" aria-live="polite">
        {now.phase === "making" && <p>A liquid is being cooled until it jams.</p>}
        {now.phase === "guess" && (
          <>
            <p>
              The top of the box will be pushed to the right, the bottom to the left.{" "}
              <strong>Tap where the glass will break first.</strong>
            </p>
            <p class="hint">On the keyboard: arrow keys in the picture.</p>
          </>
        )}
        {now.phase === "shearing" && (
          <p>This is the map of softness, which you did not see. Watch it gather.</p>
        )}
        {now.phase === "told" && last && <RoundOutcome bets={last} />}
      </div>
      {now.phase === "guess" && (
        <button type="button" class="primary" disabled={!bet.value} onClick={stake}>
          {bet.value ? "Shear it" : "Tap in the picture"}
        </button>
      )}
      {now.phase === "told" && (
        <button type="button" class="primary" onClick={() => void next()}>
          {now.round + 1 < now.rounds ? "Next glass" : "How did I do?"}
        </button>
      )}
      <Tally now={now} />
    </>
  );
}

const TITLES: Readonly<Record<Exclude<Game["phase"], "over">, string>> = {
  making: "A glass is being made",
  guess: "Where will it break?",
  shearing: "Shearing it",
  told: "What came true",
};

function RoundOutcome({ bets }: { readonly bets: Bets }): JSX.Element {
  const row = (who: ComponentChildren, share: number | undefined, kind: string) => (
    <tr>
      <th scope="row">{who}</th>
      <td>
        {share === undefined ? (
          "none"
        ) : (
          <>
            <span class={`share ${kind}`} style={{ "--share": share }} />
            {percent(share)}
          </>
        )}
      </td>
      <td>{share !== undefined && share <= HIT ? "hit" : ""}</td>
    </tr>
  );
  return (
    <>
      <table class="odds">
        <thead>
          <tr>
            <th scope="col">bet of</th>
            <th scope="col">nearer than the break</th>
            <th scope="col">hit?</th>
          </tr>
        </thead>
        <tbody>
          {row("you", bets.you, "you")}
          {row("E, spot 1", bets.lte, "")}
          {row("modes, spot 1", bets.modes, "modes")}
          {row("chance", 0.5, "chance")}
        </tbody>
      </table>
      <p class="hint">
        The share of the glass that lies nearer to the bet than the particle that moved most (the yellow pin):
        0{NARROW}% is perfect, 50{NARROW}% is chance. Up to {percent(HIT)} is a hit.
      </p>
    </>
  );
}

function Tally({ now }: { readonly now: Game }): JSX.Element | null {
  if (now.results.length === 0) return null;
  const { you, lte, modes } = hits.value;
  return (
    <p class="tally">
      Hits of {now.results.length}: you <strong>{you}</strong>, E <strong>{lte}</strong>, modes{" "}
      <strong>{modes}</strong>, chance {(HIT * now.results.length).toFixed(1)}
    </p>
  );
}

function Over({ now }: { readonly now: Game }): JSX.Element {
  const { you, lte, modes } = hits.value;
  const code = codeOf({ series: now.series, rounds: now.results });
  const link = addressOf(`result=${code}`);
  const text = `Where will a glass break? softfield, game ${now.series}: I ${you}/${now.rounds}, physics ${lte}/${now.rounds}\n${squares(now.results)}\n${addressOf(gameParameters(now).toString())}`;
  return (
    <>
      <h2 id="game-title">
        You {you} of {now.rounds}, E {lte} of {now.rounds}
      </h2>
      <p>
        The modes {modes} of {now.rounds}; by chance {HIT * now.rounds}.{" "}
        {you > lte ? "You beat the physics of this map. Was it chance? Play again." : ""}
      </p>
      <pre
        role="img"
        class="squares"
        aria-label={`Rounds in order: ${now.results.map(({ you: share }) => percent(share ?? 1)).join(", ")}`}
      >
        {squares(now.results)}
      </pre>
      <Copyable label="result to share" text={text} />
      <div class="row">
        <button
          type="button"
          onClick={() => {
            scoreCard(now).then(
              (card) => save(`softfield-game${now.series}.png`, card),
              (error: Error) => {
                failure.value = error;
              },
            );
          }}
        >
          Card (PNG)
        </button>
        <button type="button" onClick={() => void play(now.series + 1, now.rounds)}>
          Other glasses
        </button>
        {now.series !== seriesOfToday() && (
          <button type="button" class="quiet" onClick={() => void play()}>
            Today’s ten
          </button>
        )}
      </div>
      <h3>For a class</h3>
      <p class="hint">
        Show this to the lecturer’s phone, or send the code: the lecturer’s page adds the results of a class
        up, without any server.
      </p>
      <QrCode text={link} label="QR code of the result" />
      <Copyable label="code" text={code} />
    </>
  );
}
