import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";
import { buildAndServe, type Site } from "./site.ts";
import { example, softfield } from "./visitor.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

let site: Site;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "softfield-firefox-"));
  site = await buildAndServe();
}, 120_000);

afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What every probe has: faults of the page, waiting, downloads as texts. So no driver is needed. */
const COMMON = `
const faults = [];
addEventListener("error", (event) => faults.push(String(event.message)));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
const find = (query, words) => [...document.querySelectorAll(query)].find((e) => !words || e.textContent.includes(words));
const wait = (ready) => new Promise((resolve) => {
  const look = () => { const found = ready(); found ? resolve(found) : setTimeout(look, 100); };
  look();
});
const idle = () => wait(() => find('.lab[data-busy="no"]'));
const press = async (query, words) => (await wait(() => { const b = find(query, words); return b && !b.disabled && b; })).click();
const blobs = [];
const url = URL.createObjectURL.bind(URL);
URL.createObjectURL = (blob) => { blobs.push(blob); return url(blob); };
HTMLAnchorElement.prototype.click = () => undefined;
const download = async (words) => {
  blobs.length = 0;
  await press(".downloads button", words);
  return (await wait(() => blobs[0])).text();
};
const drop = async (name) => {
  const data = new DataTransfer();
  data.items.add(new File([await (await fetch("probe-file")).arrayBuffer()], name));
  document.querySelector(".lab").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
};
const answer = (seen) => fetch("answer", { method: "POST", body: JSON.stringify({ faults,
  failure: find(".failure")?.textContent ?? "", broken: find(".broken")?.textContent ?? "", ...seen }) });
`;

/** WebGL without a display, by a renderer in software. */
const DRAWING = { MOZ_WEBGL_FORCE_EGL: "1", LIBGL_ALWAYS_SOFTWARE: "1", EGL_PLATFORM: "surfaceless" };
const PREFERENCES = [
  '"webgl.force-enabled", true',
  '"webgl.enable-webgl2", true',
  '"webgl.disabled", false',
  '"webgl.out-of-process", false',
  '"webgl.out-of-process.force", false',
  '"gfx.x11-egl.force-enabled", true',
];

/** Opens the page in Firefox; what the probe, run in it, says of it. */
async function ask<Seen>(hash: string, probe: string, file?: string): Promise<Seen & { faults: string[] }> {
  const profile = mkdtempSync(join(folder, "profile-"));
  writeFileSync(join(profile, "user.js"), PREFERENCES.map((line) => `user_pref(${line});\n`).join(""));
  let tell: (body: string) => void = () => undefined;
  const answered = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      tell(await text(request));
      response.end();
      return;
    }
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(site.folder, pathname === "/" ? "index.html" : pathname);
    if (pathname === "/probe.js")
      response
        .setHeader("content-type", "text/javascript")
        .end(`${COMMON}(async () => {${probe}})().catch((error) => answer({ failure: String(error) }));`);
    else if (pathname === "/probe-file" && file !== undefined) response.end(readFileSync(file));
    else if (!existsSync(path)) response.writeHead(404).end();
    else {
      const body = readFileSync(path);
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(
        pathname === "/"
          ? body.toString().replace("</head>", '<script defer src="./probe.js"></script></head>')
          : body,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const browser = spawn(
    tool("firefox"),
    ["--headless", "--no-remote", "--profile", profile, `http://localhost:${port}/${hash}`],
    { stdio: "ignore", env: { ...process.env, ...DRAWING } },
  );
  try {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error("Firefox did not answer in time")), 220_000).unref();
    });
    const seen = JSON.parse(await Promise.race([answered, late]));
    expect([seen.failure, seen.broken]).toEqual(["", ""]);
    expect(seen.faults).toEqual([]);
    return seen;
  } finally {
    browser.kill();
    await once(browser, "exit");
    server.closeAllConnections();
    server.close();
  }
}

const QUICK = "#model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2";
const firefox = { ...needs("firefox"), timeout: 240_000 };

test("Firefox: the same glass bit for bit, its map, and its first event", firefox, async () => {
  const seen = await ask<{ spots: number; verdict: string; sha256: string }>(
    `${QUICK}&events=1&event=1&tab=break`,
    `
    await wait(() => find(".motion"));
    await idle();
    const spots = document.querySelectorAll("[data-spot]").length;
    const verdict = find(".verdict").textContent;
    await press("#tab-take");
    const sha256 = (await wait(() => find("[data-testid=sha256]"))).textContent;
    await answer({ spots, verdict, sha256 });`,
  );
  expect(seen.spots).toBeGreaterThan(0);
  expect(seen.verdict).toMatch(/^It broke first at a place softer than/);
  // Of the file that `softfield make` writes, as in Chromium.
  expect(seen.sha256).toBe("36bad6be84d4d252f19786f5034fbdd9b30b560c02832e035d3a1952b0affd35");
});

test(
  "Firefox: a file dropped while a glass is made stays; its table is the command line's",
  firefox,
  async () => {
    const seen = await ask<{ label: string; later: string; table: string }>(
      "",
      `
    await press("button", "Make a glass");
    await wait(() => find(".plot"));
    await drop("glass.extxyz");
    await wait(() => find("#tab-read[aria-selected=true]"));
    await idle();
    const label = find("canvas").ariaLabel;
    await new Promise((resolve) => setTimeout(resolve, 8000));
    await idle();
    const later = find("canvas").ariaLabel;
    await press("#tab-take");
    await answer({ label, later, table: await download("Local thermal energies") });`,
      example("2dipl_400.extxyz"),
    );
    expect(seen.label).toContain("400 particles");
    expect(seen.later).toBe(seen.label);
    const out = join(folder, "reference.tsv");
    expect(softfield("lte", example("2dipl_400.extxyz"), "--model", "2dipl", "-o", out).status).toBe(0);
    expect(seen.table).toBe(readFileSync(out, "utf8"));
  },
);

test(
  "Firefox: the state in view after a shear, and its events, are the command line's",
  firefox,
  async () => {
    const seen = await ask<{ glass: string; events: string; verdicts: string[] }>(
      `${QUICK}&events=2`,
      `
    await wait(() => find(".legend .ramp"));
    await idle();
    await press("#tab-break");
    await press("button.primary", "Shear");
    await wait(() => find('button[aria-label^="Event 2:"]'));
    await idle();
    const verdicts = [find(".verdict").textContent, find(".verdicts li").textContent];
    await press("#tab-take");
    await wait(() => find(".downloads"));
    const glass = await download("Configuration, extended XYZ");
    await answer({ glass, verdicts, events: await download("Plastic events") });`,
    );
    const made = join(folder, "made.extxyz");
    writeFileSync(made, seen.glass);
    const out = join(folder, "events.json");
    const { status, stderr } = softfield("shear", made, "--model", "2dipl", "--events", "2", "-o", out);
    expect(status, stderr).toBe(0);
    const expected = JSON.parse(readFileSync(out, "utf8")).events;
    const own = JSON.parse(seen.events).events;
    expect(own.length).toBe(2);
    for (const [k, { strain, particle }] of expected.entries())
      expect([own[k].strain, own[k].particle]).toEqual([strain, particle]);
    expect(seen.verdicts[0]).toMatch(/^It broke first at a place softer than/);
    expect(seen.verdicts[1]).toMatch(/^Event 2: softer than/);
  },
);

test("Firefox: a round of the game, its map hidden until the bet stands", firefox, async () => {
  const seen = await ask<{ hidden: number; shown: number; told: string; code: string }>(
    "#game=3&rounds=1",
    `
    await wait(() => find("button", "Tap in the picture"));
    const hidden = document.querySelectorAll("[data-spot]").length;
    const canvas = find("canvas");
    canvas.focus();
    canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true, cancelable: true }));
    await press("button", "Shear it");
    await wait(() => find(".guide .primary", "How did I do?"));
    const told = find(".odds").textContent;
    const shown = document.querySelectorAll("[data-spot]").length;
    await press(".guide .primary", "How did I do?");
    const code = (await wait(() => find("[aria-label=code] pre"))).textContent;
    await answer({ hidden, shown, told, code });`,
  );
  expect(seen.hidden).toBe(0);
  expect(seen.shown).toBeGreaterThan(0);
  expect(seen.told).toMatch(/you.*circle 1.*square M.*a blind tap/);
  expect(seen.code).toMatch(/^sf3-/);
});
