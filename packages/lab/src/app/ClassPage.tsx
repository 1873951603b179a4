import type { JSX } from "preact";
import { save } from "../files/save.ts";
import { Group, NumberTable } from "../panels/Group.tsx";
import { QrCode } from "../panels/QrCode.tsx";
import { addressOf } from "../state/address.ts";
import { play, seriesOfToday } from "../state/game.ts";
import { addToPool, emptyPool, pool, pooled } from "../state/pool.ts";
import { FORETOLD } from "../state/verdict.ts";
import { behind, percent } from "../words.ts";
import { Overlay } from "./Overlay.tsx";

/** A class's results, added up on this device. */
export function ClassPage({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const codes = pool.value;
  const games = pooled.value;
  const address = addressOf(`game=${seriesOfToday()}`);
  return (
    <Overlay labelledBy="class-title" onClose={onClose}>
      <Group title="A class plays" id="class-title">
        <div class="class-intro">
          <div>
            <p>
              Everybody opens this code and plays the same ten glasses. At the end each has a code: scan it
              with this device’s camera, which opens this page and adds it, or paste the codes or links below,
              in any text. They stay on this device.
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
          placeholder="sf2-…"
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
            disabled={codes.length === 0}
            onClick={() => save("softfield-class.txt", `${codes.join("\n")}\n`)}
          >
            Save the codes
          </button>
          <button type="button" class="quiet" disabled={codes.length === 0} onClick={emptyPool}>
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
      {games.map(({ series, players, means, hits, rounds }) => (
        <Group
          key={series}
          title={`Game ${series}: ${players} player${players === 1 ? "" : "s"}`}
          id={`g${series}`}
        >
          <p class="verdict">
            On average the class put {behind(means.you)} of the glass behind the place that broke, the map (E){" "}
            {behind(means.lte)}
            {means.modes !== undefined && `, the modes ${behind(means.modes)}`}; by chance {percent(0.5)}.
          </p>
          <ol class="bars" aria-label="How many each foretold, best first">
            {hits.map(({ who, count, kind }, k) => (
              <li key={k} class={kind} style={{ "--share": count / rounds.length }}>
                <span>{who}</span> {count}
              </li>
            ))}
          </ol>
          <NumberTable
            labelledBy={`g${series}`}
            columns={[["glass"], ["of the class", "foretold"], ["class", "mean"], ["map (E)"], ["modes"]]}
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
            How much of the glass a forecast put behind the place that broke: bets by nearness, map and modes
            by softness. From {percent(1 - FORETOLD)} on it was foretold; by chance {percent(FORETOLD)} are.
          </p>
        </Group>
      ))}
      {games.length === 0 && <p class="hint class-empty">No results so far.</p>}
    </Overlay>
  );
}
