import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";
import { buildAndServe } from "./site.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** Waits in the page until the event has come, and posts what the page then says; so no driver is needed. */
const PROBE = `
const faults = [];
addEventListener("error", (event) => faults.push(String(event.message)));
const wait = (ready) => new Promise((resolve) => {
  const look = () => ready() ? resolve() : setTimeout(look, 100);
  look();
});
const say = async () => {
  await wait(() => document.querySelector(".motion"));
  await wait(() => document.querySelector('.lab[data-busy="no"]'));
  const seen = {
    faults,
    failure: document.querySelector(".failure")?.textContent ?? "",
    broken: document.querySelector(".broken")?.textContent ?? "",
    spots: document.querySelectorAll("[data-spot]").length,
    verdict: document.querySelector(".verdict").textContent,
  };
  document.getElementById("tab-take").click();
  await wait(() => document.querySelector("[data-testid=sha256]"));
  seen.sha256 = document.querySelector("[data-testid=sha256]").textContent;
  await fetch("answer", { method: "POST", body: JSON.stringify(seen) });
};
say();
`;

test("Firefox: the same glass bit for bit, its map, and its first event", {
  ...needs("firefox"),
  timeout: 120_000,
}, async () => {
  const site = await buildAndServe();
  const profile = mkdtempSync(join(tmpdir(), "softfield-firefox-"));
  let answer: (body: string) => void = () => undefined;
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      answer(await text(request));
      response.end();
      return;
    }
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(site.folder, pathname === "/" ? "index.html" : pathname);
    if (pathname === "/probe.js") response.setHeader("content-type", "text/javascript").end(PROBE);
    else if (!existsSync(file)) response.writeHead(404).end();
    else {
      const body = readFileSync(file);
      response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(
        pathname === "/"
          ? body.toString().replace("</head>", '<script defer src="./probe.js"></script></head>')
          : body,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const hash = "model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2&events=1&event=1&tab=break";
  const browser = spawn(
    tool("firefox"),
    ["--headless", "--no-remote", "--profile", profile, `http://localhost:${port}/#${hash}`],
    { stdio: "ignore", env: { ...process.env, MOZ_WEBGL_FORCE_EGL: "1" } },
  );
  try {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error("Firefox did not answer in time")), 100_000).unref();
    });
    const seen = JSON.parse(await Promise.race([answered, late]));
    expect(seen.faults).toEqual([]);
    expect(seen.failure).toBe("");
    expect(seen.spots).toBeGreaterThan(0);
    expect(seen.verdict).toMatch(/^Event 1 struck where/);
    // Of the file that `softfield make` writes, as in Chromium.
    expect(seen.sha256).toBe("36bad6be84d4d252f19786f5034fbdd9b30b560c02832e035d3a1952b0affd35");
  } finally {
    browser.kill();
    await once(browser, "exit");
    server.closeAllConnections();
    server.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
