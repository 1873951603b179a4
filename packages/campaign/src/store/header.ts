import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "@softfield/node";
import { SoftfieldError } from "softfield";
import { holdsResults } from "./usage.ts";

/** Version of the store's layout; a store of a newer one is refused. */
const STORE_VERSION = 1;

const FORMAT = "softfield-store";

/** What store.json says. */
export interface StoreHeader {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly campaign: string;
}

/**
 * What became of a folder's store.json: "torn" is what a disk leaves of a file that it lost (nothing, zeros, a
 * beginning), "unreadable" any other text, "foreign" some other program's JSON.
 */
export type HeaderState =
  | { readonly status: "sound"; readonly header: StoreHeader }
  | { readonly status: "missing" | "torn" | "unreadable" | "foreign" };

export function headerPath(root: string): string {
  return join(root, "store.json");
}

/** The line that store.json holds. */
function headerText(campaign: string): string {
  const header: StoreHeader = { format: FORMAT, version: STORE_VERSION, campaign };
  return JSON.stringify(header);
}

export function readHeader(root: string): HeaderState {
  let text: string;
  try {
    text = readFileSync(headerPath(root), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { status: "missing" };
    if (code === "EISDIR") return { status: "foreign" };
    throw error;
  }
  try {
    return judged(JSON.parse(text));
  } catch {
    const beginning = `{"format":"${FORMAT}"`;
    const kept = text.replaceAll("\0", "").trim();
    return { status: beginning.startsWith(kept) || kept.startsWith(beginning) ? "torn" : "unreadable" };
  }
}

function judged(value: unknown): HeaderState {
  const header = value as Partial<StoreHeader> | null;
  if (typeof header !== "object" || header?.format !== FORMAT) return { status: "foreign" };
  const { version, campaign } = header;
  const sound = typeof version === "number" && (version > STORE_VERSION || typeof campaign === "string");
  return sound ? { status: "sound", header: header as StoreHeader } : { status: "unreadable" };
}

export function writeHeader(root: string, campaign: string): void {
  const path = headerPath(root);
  replaceFile(path, `${headerText(campaign)}\n`, `${path}.${randomUUID()}`);
}

/** @throws SoftfieldError where the store is of a newer version or of another campaign */
export function checkHeader(root: string, header: StoreHeader, campaign: string): void {
  if (header.version > STORE_VERSION) {
    throw new SoftfieldError(
      "input",
      `${root}: is a store of version ${header.version}; this softfield knows up to ${STORE_VERSION}: use a newer one`,
      { file: root },
    );
  }
  if (header.campaign !== campaign) {
    throw new SoftfieldError(
      "usage",
      `${root}: holds the campaign "${header.campaign}", not "${campaign}"; give "output" a folder of its own`,
      { file: root, field: "output" },
    );
  }
}

/** Refuses to begin a store in a folder that holds something already, or whose store.json is another program's. */
export function refuseOccupied(root: string, campaign: string, status: HeaderState["status"]): void {
  const path = headerPath(root);
  const refuse = (words: string) => {
    throw new SoftfieldError("usage", words, { file: root, field: "output" });
  };
  if (status === "foreign") {
    refuse(`${path}: is another program's; move it away, or give "output" a new or empty folder`);
  }
  if (holdsResults(root)) {
    refuse(
      `${path}: is ${status === "missing" ? "missing" : "damaged"}, and none of the results beside it is what campaign ` +
        `"${campaign}" asks for; if they are its own of earlier options, write this line into that file: ${headerText(campaign)}`,
    );
  }
  if (status === "unreadable") {
    refuse(`${path}: is no store of softfield; give "output" a new or empty folder`);
  }
  const found = readdirSync(root).find((name) => !/^store\.json(\..*)?$|^tmp$|^claims$|^\.nfs/.test(name));
  if (found !== undefined)
    refuse(`${root}: holds ${found} and no campaign; give "output" a new or empty folder`);
}
