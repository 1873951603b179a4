import type { ComponentChildren, JSX } from "preact";
import { save } from "../files/save.ts";
import { Copyable } from "../panels/Copyable.tsx";
import { later } from "../panels/later.tsx";
import { addressOf } from "../state/address.ts";
import { type Bets, bet } from "../state/bet.ts";
import { type Game, game, hits, leaveGame, next, play, seriesOfToday, stake } from "../state/game.ts";
import { gameParameters } from "../state/link.ts";
import { codeOf } from "../state/result.ts";
import { FORETOLD } from "../state/verdict.ts";
import { tab } from "../state/view.ts";
import { failure } from "../state/work.ts";
import { behind, NARROW, percent } from "../words.ts";
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
            <p class="hint">
              What leaves the box on one side comes in on the other: there is no wall to break at. On the
              keyboard: arrow keys in the picture.
            </p>
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
            <span class={`share ${kind}`} style={{ "--share": 1 - share }} />
            {behind(share)}
          </>
        )}
      </td>
      <td>{share !== undefined && share <= FORETOLD ? "yes" : "no"}</td>
    </tr>
  );
  return (
    <>
      <table class="odds">
        <thead>
          <tr>
            <th scope="col">forecast of</th>
            <th scope="col">of the glass behind</th>
            <th scope="col">foretold?</th>
          </tr>
        </thead>
        <tbody>
          {row("you", bets.you, "you")}
          {row("the map (E)", bets.lte, "")}
          {row("the modes", bets.modes, "modes")}
          {row("chance", 0.5, "chance")}
        </tbody>
      </table>
      <p class="hint">
        How much of the glass each put behind the place that broke (the yellow pin): the map and the modes by
        softness, you by nearness to your bet. 100{NARROW}% is perfect, 50{NARROW}% is chance; from{" "}
        {percent(1 - FORETOLD)} on it was foretold. Circle 1 is the softest spot of the map, square M that of
        the modes (the softest vibrations, the usual way to guess).
      </p>
    </>
  );
}

function Tally({ now }: { readonly now: Game }): JSX.Element | null {
  if (now.results.length === 0) return null;
  const { you, lte, modes } = hits.value;
  return (
    <p class="tally">
      Foretold of {now.results.length}: you <strong>{you}</strong>, map <strong>{lte}</strong>, modes{" "}
      <strong>{modes}</strong>, chance {(FORETOLD * now.results.length).toFixed(1)}
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
        You foretold {you} of {now.rounds}, the map {lte}
      </h2>
      <p>
        The modes {modes} of {now.rounds}; by chance {FORETOLD * now.rounds}.{" "}
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
