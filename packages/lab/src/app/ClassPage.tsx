import type { JSX } from "preact";
import { save } from "../files/save.ts";
import { Group, NumberTable } from "../panels/Group.tsx";
import { QrCode } from "../panels/QrCode.tsx";
import { addressOf } from "../state/address.ts";
import { play, seriesOfToday } from "../state/game.ts";
import { addToPool, emptyPool, type PooledGame, pool, pooled } from "../state/pool.ts";
import { behind, LIMIT, percent } from "../words.ts";
import { Overlay } from "./Overlay.tsx";

/** A class's results, added up on this device. */
export function ClassPage({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const games = pooled.value;
  return (
    <Overlay labelledBy="class-title" onClose={onClose}>
      <Codes onClose={onClose} />
      {games.map((played) => (
        <Played key={played.series} played={played} />
      ))}
      {games.length === 0 && <p class="hint class-empty">No results so far.</p>}
    </Overlay>
  );
}

/** The way to the game, and the codes of those who played it. */
function Codes({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const none = pool.value.length === 0;
  const address = addressOf(`game=${seriesOfToday()}`);
  return (
    <Group title="A class plays" id="class-title">
      <div class="class-intro">
        <div>
          <p>
            Everybody opens this code and plays the same ten glasses. At the end each has a code: scan it with
            this device’s camera, which opens this page and adds it, or paste the codes or links below, in any
            text. They stay on this device.
          </p>
          <p class="hint">{address}</p>
        </div>
        <QrCode text={address} label="QR code of the game" />
      </div>
      <label class="field" for="codes">
        Codes, links, or a message with them
      </label>
      <textarea
        id="codes"
        rows={3}
        placeholder="sf3-…"
        onInput={(event) => {
          if (addToPool(event.currentTarget.value) > 0) event.currentTarget.value = "";
        }}
      />
      <div class="row">
        <label class="button">
          Add files
          <input
            type="file"
            multiple
            class="hidden-input"
            onChange={async (event) => {
              const input = event.currentTarget;
              for (const file of Array.from(input.files ?? [])) addToPool(await file.text());
              input.value = "";
            }}
          />
        </label>
        <button
          type="button"
          disabled={none}
          onClick={() => save("softfield-class.txt", `${pool.value.join("\n")}\n`)}
        >
          Save the codes
        </button>
        <button type="button" class="quiet" disabled={none} onClick={emptyPool}>
          Begin anew
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          Close
        </button>
        <button type="button" class="quiet" onClick={() => void play().then(onClose)}>
          Play it here
        </button>
      </div>
    </Group>
  );
}

/** What a class made of a game. */
function Played({ played }: { readonly played: PooledGame }): JSX.Element {
  const { series, players, means, hits, rounds } = played;
  const id = `g${series}`;
  return (
    <Group title={`Game ${series}: ${players} player${players === 1 ? "" : "s"}`} id={id}>
      <p class="verdict">
        On average {behind(means.you)} of the glass is farther from a bet of the class than the place that
        broke; from circle 1 of the map {behind(means.lte)}
        {means.modes !== undefined && `, from square M of the modes ${behind(means.modes)}`}; from a blind tap{" "}
        {percent(0.5)}.
      </p>
      <ol class="bars" aria-label="How many each hit, best first">
        {hits.map(({ who, count, kind }, k) => (
          <li key={k} class={kind} style={{ "--share": count / rounds.length }}>
            <span>{who}</span> {count}
          </li>
        ))}
      </ol>
      <NumberTable
        labelledBy={id}
        columns={[["glass"], ["of the class", "hit"], ["class", "mean"], ["circle 1"], ["square M"]]}
      >
        {rounds.map(({ hit, you, lte, modes }, k) => (
          <tr key={k}>
            <th scope="row">{k + 1}</th>
            <td>{percent(hit)}</td>
            <td>{behind(you)}</td>
            <td>{lte === undefined ? "–" : behind(lte)}</td>
            <td>{modes === undefined ? "–" : behind(modes)}</td>
          </tr>
        ))}
      </NumberTable>
      <p class="hint">
        Place against place: how much of the glass is farther from each than the place that broke. From{" "}
        {percent(1 - LIMIT)} on it is a hit; of blind taps {percent(LIMIT)} are.
      </p>
    </Group>
  );
}
