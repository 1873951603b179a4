import { createHash } from "node:crypto";
import { existsSync, linkSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { readJson, writeSynced } from "@softfield/node";
import { type Liveness, liveness, type Owner } from "./owner.ts";

/** Seconds between two heartbeats of a run. */
export const HEARTBEAT_SECONDS = 15;

/** What became of an attempt to claim a sample. */
export type ClaimResult = { readonly status: "taken" } | { readonly status: "held"; readonly by: Holder };

/** Who holds a claim, as far as its file can be read. */
export interface Holder {
  readonly path: string;
  readonly owner?: Owner;
  /** "unreadable": the file is damaged. */
  readonly state: Liveness | "unreadable";
}

/** Heartbeats that whoever holds a claim whose file is damaged may miss. */
const MISSED_BEATS = 3;

/** Looks of `fullest` at the claims, and milliseconds between two of them. */
const LOOKS = 6;
const LOOK_INTERVAL = 25;

/**
 * Who works on which sample: one file a sample in the store's `claims` folder, made by link(2), which is atomic
 * on local disks and NFS. Claims save double work; correctness rests on results appearing whole by one rename.
 *
 * The claims of a dead process on this machine are seen to be stale at once, by boot, pid and start of the
 * process. Those of other machines, and of suspended processes, are stale where their heartbeat, a counter kept in the
 * file's modification time, stood still for `leaseSeconds` of this process's own monotonic time, those whose file is
 * damaged after three beats at the most: no wall clock is compared.
 */
export class Claims {
  readonly #folder: string;
  readonly #owner: Owner;
  readonly #lease: number;
  readonly #held = new Set<string>();
  readonly #beats = new Map<string, { readonly beat: string; readonly since: number }>();
  #beat = 0;
  #serial = 0;

  constructor(options: { folder: string; owner: Owner; leaseSeconds?: number }) {
    this.#folder = options.folder;
    this.#owner = options.owner;
    this.#lease = (options.leaseSeconds ?? 300) * 1000;
  }

  /** Claims a sample unless a live run holds it; a stale claim is taken over. */
  acquire(key: string): ClaimResult {
    const path = this.#path(key);
    const temporary = this.#temporary();
    writeSynced(temporary, JSON.stringify(this.#owner));
    try {
      while (!linked(temporary, path)) {
        const owner = readOwner(path);
        if (owner === undefined && !existsSync(path)) continue; // released just now
        const state = owner === undefined ? "unreadable" : liveness(owner, this.#owner);
        if (!this.#isStale(path, state)) return { status: "held", by: { path, state, owner } };
        this.#breakClaim(path, owner);
      }
    } finally {
      rmSync(temporary, { force: true });
    }
    this.#held.add(key);
    return { status: "taken" };
  }

  /** Gives a claim back. */
  release(key: string): void {
    if (!this.#held.delete(key)) return;
    if (readOwner(this.#path(key))?.nonce === this.#owner.nonce) rmSync(this.#path(key), { force: true });
  }

  releaseAll(): void {
    for (const key of [...this.#held]) this.release(key);
  }

  /** Shows other machines that the claims of this run live; to be called every HEARTBEAT_SECONDS. */
  heartbeat(): void {
    this.#beat++;
    for (const key of this.#held) {
      try {
        utimesSync(this.#path(key), this.#beat, this.#beat);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    }
  }

  /** Owners of all claims that are not known to be stale, by key. */
  live(): Map<string, Owner> {
    const found = new Map<string, Owner>();
    for (const [path, owner] of this.#all()) {
      if (liveness(owner, this.#owner) !== "dead") found.set(basename(path, ".json"), owner);
    }
    return found;
  }

  /** Of several looks at `live` the one that sees most: between two samples a run holds no claim. Takes 125 ms. */
  fullest(): Map<string, Owner> {
    let most = this.live();
    for (let look = 1; look < LOOKS; look++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_INTERVAL);
      const found = this.live();
      if (found.size > most.size) most = found;
    }
    return most;
  }

  /** Removes what dead runs of this machine left. */
  sweep(): void {
    for (const [path, owner] of this.#all()) {
      if (liveness(owner, this.#owner) === "dead") this.#breakClaim(path, owner);
    }
    for (const name of readdirSync(this.#folder).filter((other) => other.startsWith("."))) {
      const owner = readOwner(join(this.#folder, name)) ?? this.#ownerOf(name);
      if (owner && liveness(owner, this.#owner) === "dead") rmSync(join(this.#folder, name), { force: true });
    }
  }

  #all(): [string, Owner][] {
    return readdirSync(this.#folder).flatMap((name) => {
      const path = join(this.#folder, name);
      const owner = name.endsWith(".json") ? readOwner(path) : undefined;
      return owner === undefined ? [] : [[path, owner] as [string, Owner]];
    });
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.json`);
  }

  #temporary(): string {
    return join(this.#folder, temporaryName(this.#owner, this.#serial++));
  }

  /** Who wrote a temporary file of that name, if it was on this machine. */
  #ownerOf(name: string): Owner | undefined {
    const [, nonce, pid, started, machine] = name.split(".");
    if (machine !== digest(this.#owner.machine)) return undefined;
    const { host } = this.#owner;
    return { host, machine: this.#owner.machine, nonce: nonce!, pid: Number(pid), started: started! };
  }

  #isStale(path: string, state: Holder["state"]): boolean {
    if (state === "dead" || state === "alive") return state === "dead";
    const beats = MISSED_BEATS * HEARTBEAT_SECONDS * 1000;
    return this.#stoodStill(path, state === "unreadable" ? Math.min(beats, this.#lease) : this.#lease);
  }

  /** Whether a claim's heartbeat has been the same for some milliseconds, as far as this run watched it. */
  #stoodStill(path: string, milliseconds: number): boolean {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    const beat = `${stat.ino} ${stat.mtimeMs}`;
    const seen = this.#beats.get(path);
    if (seen?.beat === beat) return performance.now() - seen.since >= milliseconds;
    this.#beats.set(path, { beat, since: performance.now() });
    return false;
  }

  /** Moves a stale claim out of the way; a live one that took its place meanwhile is put back. */
  #breakClaim(path: string, stale: Owner | undefined): void {
    const temporary = `${this.#temporary()}.stale`;
    try {
      renameSync(path, temporary);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw error;
    }
    if (readOwner(temporary)?.nonce !== stale?.nonce) linked(temporary, path);
    rmSync(temporary, { force: true });
  }
}

/** The name of a file not yet in place: tells whose it is even where the process died before anything was written. */
export function temporaryName({ nonce, pid, started, machine }: Owner, serial: number): string {
  return `.${nonce}.${pid}.${started}.${digest(machine)}.${serial}`;
}

/** A name for a machine that may stand in a file's name. */
function digest(machine: string): string {
  return createHash("sha256").update(machine).digest("hex").slice(0, 16);
}

/** Whether the name was free and now is another name of the file. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readOwner(path: string): Owner | undefined {
  return readJson<Owner>(path, ({ nonce, machine }) => nonce !== undefined && machine !== undefined);
}
