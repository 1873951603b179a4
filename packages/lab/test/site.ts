import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const lab = fileURLToPath(new URL("..", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const vite = fileURLToPath(new URL("../../../node_modules/vite/bin/vite.js", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** What makes a page cross-origin isolated. */
export const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** A production build of the lab behind a plain static server: no headers but the content type, and those given. */
export interface Site {
  readonly folder: string;
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: Set<string>;
  readonly close: () => Promise<void>;
}

/** Everything that a build is made of. */
const SOURCES = [
  "packages/lab",
  "packages/core/src",
  "packages/figures/src",
  "examples",
  "package-lock.json",
];

/** A name for the present sources. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${relative(root, path)} ${mtimeMs} ${size}\n`);
  };
  for (const source of SOURCES.map((name) => join(root, name))) {
    if (!statSync(source).isDirectory()) add(source);
    else
      for (const entry of readdirSync(source, { recursive: true, withFileTypes: true }))
        if (entry.isFile() && !/\/(dist|node_modules)(\/|$)/.test(entry.parentPath))
          add(join(entry.parentPath, entry.name));
  }
  return hash.digest("hex").slice(0, 16);
}

/** The folder of the page, built once for all that ask for it of the same sources; the last few stay. */
function built(): string {
  const folder = join(root, "node_modules/.cache/lab-site");
  const site = join(folder, fingerprint());
  if (existsSync(site)) return site;
  mkdirSync(folder, { recursive: true });
  const made = mkdtempSync(join(folder, "making-"));
  const run = spawnSync(process.execPath, [vite, "build", "--outDir", made, "--emptyOutDir"], {
    cwd: lab,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (run.status !== 0) throw new Error(`vite build failed:\n${run.stdout}\n${run.stderr}`);
  try {
    renameSync(made, site);
  } catch (error) {
    // Another was faster.
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(site)) throw error;
  }
  const old = readdirSync(folder)
    .filter((name) => !name.startsWith("making-"))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { name } of old.slice(KEPT)) rmSync(join(folder, name), { recursive: true, force: true });
  return site;
}
const KEPT = 4;

/** Serves the page as it is built from the present sources. */
export function buildAndServe(headers: Readonly<Record<string, string>> = {}): Promise<Site> {
  return serve(built(), headers);
}

/** Serves a page that is built. */
export async function serve(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<Site> {
  const asked = new Set<string>();
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.add(pathname);
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      ...headers,
    });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    folder,
    asked,
    url: `http://localhost:${port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bytes of a file of the page as a server sends them that compresses with gzip, as GitHub Pages does. */
export function sentBytes(folder: string, path: string): number {
  return gzipSync(readFileSync(join(folder, path === "/" ? "index.html" : path))).length;
}
