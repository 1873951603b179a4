import type { ComponentChildren, JSX } from "preact";
import { save } from "../files/save.ts";
import { Copyable } from "../panels/Copyable.tsx";
import { later } from "../panels/later.tsx";
import { addressOf } from "../state/address.ts";
import { type Bets, bet } from "../state/bet.ts";
import { type Game, game, hits, leaveGame, next, play, seriesOfToday, stake } from "../state/game.ts";
import { gameParameters } from "../state/link.ts";
import { ODDS_TABLE } from "../state/odds.ts";
import { codeOf } from "../state/result.ts";
import { judged, sentence } from "../state/verdict.ts";
import { tab } from "../state/view.ts";
import { failure } from "../state/work.ts";
import { behind, cameTrue, LIMIT, percent } from "../words.ts";
import { inLines, rowsOf, scoreCard } from "./scorecard.ts";

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
        {now.phase === "making" && (
          <p>A liquid is being cooled until it jams; then it is your turn. Earlier taps do not count.</p>
        )}
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
          <p>
            This is the map of softness, which you did not see: the bluer, the softer. While the glass is
            pushed it is that of each moment; then that from before the shear, which is the forecast.
          </p>
        )}
        {now.phase === "told" && last && <RoundOutcome bets={last} />}
      </div>
      {(now.phase === "guess" || now.phase === "told") && (
        <div class="row onward">
          {now.phase === "guess" ? (
            <button type="button" class="primary" disabled={!bet.value} onClick={stake}>
              {bet.value ? "Shear it" : "Tap in the picture"}
            </button>
          ) : (
            <button type="button" class="primary" onClick={() => void next()}>
              {now.round + 1 < now.rounds ? "Next glass" : "How did I do?"}
            </button>
          )}
        </div>
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

const [small, , large] = ODDS_TABLE;

function RoundOutcome({ bets }: { readonly bets: Bets }): JSX.Element {
  const [first] = judged.value;
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
      <td>{cameTrue(share) ? "hit" : "miss"}</td>
    </tr>
  );
  return (
    <>
      <h3>Place against place</h3>
      <table class="odds">
        <thead>
          <tr>
            <th scope="col">bet</th>
            <th scope="col">nearer than … of the glass</th>
            <th scope="col">{percent(1 - LIMIT)} is a hit</th>
          </tr>
        </thead>
        <tbody>
          {row("you", bets.you, "you")}
          {row("circle 1", bets.lte, "")}
          {row("square M", bets.modes, "modes")}
          <tr>
            <th scope="row">a blind tap</th>
            <td>
              <span class="share chance" style={{ "--share": 0.5 }} />
              {percent(0.5)}
            </td>
            <td>1 in 10</td>
          </tr>
        </tbody>
      </table>
      <p class="hint">
        How much of the glass is farther from each place than the yellow pin, where it broke. Circle 1 is the
        softest spot of the map; square M that of the modes, the softest vibrations, the usual way to guess.
      </p>
      <h3>The map as a whole</h3>
      {first && (
        <p class="hint">
          {sentence(first)} Misses are usual in small glasses: of {small.of} with{" "}
          {small.particles.toLocaleString("en")} particles the map foretold {small.lte}, of {large.of} with{" "}
          {large.particles.toLocaleString("en")} {large.lte}; blind guesses {LIMIT * small.of}. These have
          400.
        </p>
      )}
    </>
  );
}

function Tally({ now }: { readonly now: Game }): JSX.Element | null {
  if (now.results.length === 0) return null;
  const { you, lte, modes } = hits.value;
  return (
    <p class="tally">
      Hits in {now.results.length}: you <strong>{you}</strong>, circle 1 <strong>{lte}</strong>, square M{" "}
      <strong>{modes}</strong>, blind {(LIMIT * now.results.length).toFixed(1)}
    </p>
  );
}

function Over({ now }: { readonly now: Game }): JSX.Element {
  const { you, lte, modes } = hits.value;
  const code = codeOf({ series: now.series, rounds: now.results });
  const link = addressOf(`result=${code}`);
  const text = `Where will a glass break? softfield, game ${now.series}\n${inLines(now.results)}\n${addressOf(gameParameters(now).toString())}`;
  return (
    <>
      <h2 id="game-title">
        You hit {you} of {now.rounds}, circle 1 of the map hit {lte}
      </h2>
      <p>
        Square M of the modes hit {modes}; blind taps hit {LIMIT * now.rounds} on average.
        {you > lte && " You beat the map. Was it chance? Play again."}
      </p>
      <table class="squares">
        <tbody>
          {rowsOf(now.results).map(({ who, kind, shares }) => (
            <tr key={who}>
              <th scope="row">{who}</th>
              {shares.map((share, k) => (
                <td key={k}>
                  <i
                    class={cameTrue(share) ? kind : ""}
                    role="img"
                    aria-label={cameTrue(share) ? "hit" : "miss"}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">A glass a column. Filled: a hit, nearer than {percent(1 - LIMIT)} of the glass.</p>
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
