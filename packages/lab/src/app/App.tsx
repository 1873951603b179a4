import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { SoftfieldError } from "softfield";
import { later } from "../panels/later.tsx";
import { MakePanel } from "../panels/MakePanel.tsx";
import { ReadPanel } from "../panels/ReadPanel.tsx";
import { expectFiles, openFiles } from "../state/files.ts";
import { leaveGame } from "../state/game.ts";
import { glass, unsettled } from "../state/glass.ts";
import { asked } from "../state/glossary.ts";
import { followHistory, welcome } from "../state/history.ts";
import { embedded, followKeys, galleryOpen, present, presenting } from "../state/mode.ts";
import { settle } from "../state/opening.ts";
import { classOpen } from "../state/pool.ts";
import { playing, shown } from "../state/shear.ts";
import { guided } from "../state/spotsshown.ts";
import { leaveStory } from "../state/story.ts";
import { type Tab, tab, themeName, toggleTheme } from "../state/view.ts";
import { findWhatIsShown } from "../state/wanted.ts";
import { announcement, failure, stop, work } from "../state/work.ts";
import { Stage } from "./Stage.tsx";
import { Welcome } from "./Welcome.tsx";

const TABS: readonly (readonly [Tab, string])[] = [
  ["make", "Make"],
  ["read", "Read"],
  ["break", "Break"],
  ["take", "Take away"],
];
/** With figures and formats, events and films: nothing of it is needed before a glass is read. */
const TakePanel = later(() => import("../panels/TakePanel.tsx").then((module) => module.TakePanel));
const BreakPanel = later(() => import("../panels/BreakPanel.tsx").then((module) => module.BreakPanel));
const ClassPage = later(() => import("./ClassPage.tsx").then((module) => module.ClassPage));
const Gallery = later(() => import("./Gallery.tsx").then((module) => module.Gallery));
const Presenter = later(() => import("./Presenter.tsx").then((module) => module.Presenter));
const Glossary = later(() => import("./Glossary.tsx").then((module) => module.Glossary));
const Guide = later(() => import("./Guide.tsx").then((module) => module.Guide));
const PANELS = { make: MakePanel, read: ReadPanel, break: BreakPanel, take: TakePanel } as const;

export function App(): JSX.Element {
  useEffect(() => {
    const leave = followHistory();
    const end = findWhatIsShown();
    const unkey = followKeys();
    return () => {
      unkey();
      end();
      leave();
    };
  }, []);
  const panel = useRef<HTMLDivElement>(null);
  const name = tab.value;
  useLayoutEffect(() => {
    if (panel.current) panel.current.scrollTop = 0;
    window.scrollTo(0, 0);
  }, [name]);
  const storied = guided.value;
  const empty = !shown.value && !work.value && !storied;
  const alone = presenting.value || embedded;
  const Panel = storied ? Guide : PANELS[name];
  // The welcome has a heading of its own.
  const Brand = empty ? "p" : "h1";
  return (
    <DropZone>
      <header class="bar">
        <Brand class="brand">
          <button
            type="button"
            class="home"
            onClick={welcome}
            aria-label="softfield lab: to the first screen"
          >
            <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
              <circle cx="11" cy="11" r="7.5" class="b1" />
              <circle cx="23" cy="21" r="5.5" class="b2" />
              <path d="M11 11L23 21" class="b3" />
            </svg>
            softfield <span>lab</span>
          </button>
        </Brand>
        <Tabs />
        {glass.value && (
          <button
            type="button"
            class="quiet theme full"
            onClick={() => present(true)}
            aria-label="Full screen"
            title="Full screen (f)"
          >
            <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
              <path d="M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10" class="corners" />
            </svg>
          </button>
        )}
        <button
          type="button"
          class="quiet theme"
          onClick={toggleTheme}
          aria-label={`Use the ${themeName.value === "dark" ? "light" : "dark"} theme`}
        >
          {themeName.value === "dark" ? "☀" : "☾"}
        </button>
      </header>
      <main class={empty ? "empty" : storied ? "guided" : ""}>
        <Stage>{empty ? <Welcome /> : undefined}</Stage>
        {alone && !empty && <Presenter />}
        <div
          ref={panel}
          class="panel"
          id="panel"
          {...(!storied && { role: "tabpanel", "aria-labelledby": `tab-${name}` })}
        >
          <Status />
          <Panel />
        </div>
      </main>
      {asked.value !== undefined && <Glossary />}
      {galleryOpen.value && <Gallery />}
      {classOpen.value && (
        <ClassPage
          onClose={() => {
            classOpen.value = false;
          }}
        />
      )}
      <output class="visually-hidden" aria-live="polite">
        {announcement.value}
      </output>
    </DropZone>
  );
}

/** The steps of the lab; a story and a game are none of them. */
function Tabs(): JSX.Element {
  const show = (k: number): void => {
    const [next] = TABS[(k + TABS.length) % TABS.length];
    tab.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  const move = (by: number): void => show(TABS.findIndex(([name]) => name === tab.value) + by);
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label="Steps"
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") move(1);
        if (event.key === "ArrowLeft") move(-1);
        if (event.key === "Home") show(0);
        if (event.key === "End") show(TABS.length - 1);
      }}
    >
      {TABS.map(([name, words]) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={!guided.value && tab.value === name}
          aria-controls="panel"
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => {
            leaveStory();
            leaveGame();
            tab.value = name;
          }}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** What goes on, and what went wrong. */
function Status(): JSX.Element | null {
  const now = work.value;
  const error = failure.value;
  if (!now && !error) return null;
  return (
    <div class="status">
      {now && (
        <div class="work">
          <span>
            {now.label}
            {now.progress ? <small> {STAGES[now.progress.stage] ?? now.progress.stage}</small> : null}
          </span>
          <button type="button" class="small" onClick={stop}>
            Cancel
          </button>
          <progress
            aria-label={now.label}
            {...(now.progress ? { value: now.progress.done, max: now.progress.total } : {})}
          />
        </div>
      )}
      {error && (
        <div class="failure" role="alert">
          <p>{words(error)}</p>
          {unsettled.value?.failure === error && (
            <button type="button" class="small" onClick={() => void settle()}>
              Bring it to its minimum here
            </button>
          )}
          <button
            type="button"
            class="small quiet"
            onClick={() => {
              failure.value = undefined;
            }}
          >
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}

const STAGES: Readonly<Record<string, string>> = {
  liquid: "the liquid moves",
  anneal: "annealing below the glass transition",
  cooling: "cooling",
  minimise: "to the nearest minimum",
  refine: "refining",
  factorize: "factorising the Hessian",
  invert: "inverting it where it counts",
  modes: "modes",
};

/** As the command line puts it, but for what this page does by a button: file and line before what does not name them. */
function words(error: Error): string {
  const message = error.message.replace(
    "minimise it with 'softfield minimize'",
    "bring it to its minimum here",
  );
  if (!(error instanceof SoftfieldError)) return message;
  const { file, line } = error.place;
  if (file === undefined || message.includes(file)) return message;
  return `${file}${line === undefined ? "" : `:${line}`}: ${message}`;
}

/** The whole page takes files. */
function DropZone({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can also be chosen by a button
    <div
      class={`lab${over ? " over" : ""}${presenting.value || embedded ? " alone" : ""}${presenting.value ? " large" : ""}`}
      data-busy={work.value !== undefined || playing.value ? "yes" : "no"}
      data-glass={glass.value ? "yes" : "no"}
      onDragOver={(event) => {
        // Text that is dragged is none of ours.
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        if (!over) expectFiles();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void openFiles(Array.from(event.dataTransfer?.files ?? []));
      }}
    >
      {children}
      {over && <div class="drop-hint">Drop the file to open it</div>}
    </div>
  );
}
