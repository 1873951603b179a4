import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { needs } from "../../../../testing/needs.ts";
import { Claims, temporaryName } from "./claims.ts";
import { currentOwner, liveness, type Owner } from "./owner.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-claims-"));
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const self = currentOwner();
const another = (fields: Partial<Owner> = {}): Owner => ({ ...self, nonce: "another", ...fields });
const claimsOf = (owner: Owner) => new Claims({ folder, owner, leaseSeconds: 100 });
const plant = (owner: object) => writeFileSync(join(folder, "a.json"), JSON.stringify(owner));
const mine = () => (JSON.parse(readFileSync(join(folder, "a.json"), "utf8")) as Owner).nonce === self.nonce;

test("a claim is exclusive among live runs of this machine, and free again after its release", () => {
  const [one, two] = [claimsOf(self), claimsOf(another())];
  expect(one.acquire("a")).toEqual({ status: "taken" });
  expect(two.acquire("a")).toMatchObject({
    status: "held",
    by: { state: "alive", owner: { nonce: self.nonce } },
  });
  expect(two.acquire("b")).toEqual({ status: "taken" });
  expect([...one.live().keys()].sort()).toEqual(["a", "b"]);
  two.release("a"); // not its own: nothing happens
  expect(two.acquire("a").status).toBe("held");
  one.release("a");
  expect(two.acquire("a").status).toBe("taken");
  two.releaseAll();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["whose process is gone", another({ pid: 2 ** 22 + 7, started: "1" })],
  ["whose pid now is another process", another({ started: "1" })],
  ["of an earlier incarnation of the same scheduler's task", another({ machine: "elsewhere", task: "c:7" })],
])("a claim %s is taken over at once", (_, stale) => {
  plant(stale);
  const owner = { ...self, task: "c:7" };
  expect(liveness(stale, owner)).toBe("dead");
  const claims = claimsOf(owner);
  expect(claims.live().size).toBe(0);
  expect(claims.acquire("a").status).toBe("taken");
  expect(mine()).toBe(true);
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

test("a claim of another machine is taken over only after its heartbeat stood still for the lease", () => {
  const far = another({ machine: "elsewhere" });
  plant(far);
  const claims = claimsOf(self);
  // dates in the past and in the future mean nothing, only that they change
  for (const date of [4e9, 1, 2]) {
    utimesSync(join(folder, "a.json"), date, date);
    expect(claims.acquire("a").status).toBe("held");
    vi.advanceTimersByTime(99_000);
    expect(claims.acquire("a").status).toBe("held");
  }
  vi.advanceTimersByTime(2000);
  expect(claims.acquire("a").status).toBe("taken");
  expect(mine()).toBe(true);
});

test("a live run's heartbeat keeps its claims for ever", () => {
  const far = claimsOf(another({ machine: "elsewhere" }));
  const near = claimsOf(self);
  far.acquire("a");
  for (let k = 0; k < 30; k++) {
    far.heartbeat();
    expect(near.acquire("a").status).toBe("held");
    vi.advanceTimersByTime(15_000);
  }
});

test("a heartbeat of a claim that was taken away is no error", () => {
  const claims = claimsOf(self);
  claims.acquire("a");
  rmSync(join(folder, "a.json"));
  claims.heartbeat();
  plant(another());
  claims.release("a");
  expect(mine()).toBe(false);
});

test.each(["garbage", ""])(
  "a claim's file that is damaged (%j) holds its sample for three heartbeats",
  (text) => {
    const path = join(folder, "a.json");
    writeFileSync(path, text);
    const claims = claimsOf(self);
    const held = { status: "held", by: { path, state: "unreadable" } };
    expect(claims.acquire("a")).toEqual(held);
    // whoever made it still beats
    vi.advanceTimersByTime(44_000);
    utimesSync(path, 7, 7);
    for (let k = 0; k < 2; k++) {
      expect(claims.acquire("a")).toEqual(held);
      vi.advanceTimersByTime(22_000);
    }
    expect(claims.acquire("a").status).toBe("held");
    vi.advanceTimersByTime(2000);
    expect(claims.acquire("a").status).toBe("taken");
  },
);

test(
  "a suspended process of this machine keeps its claim for the lease, and is not taken for dead",
  needs("linux"),
  async () => {
    vi.useRealTimers();
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    try {
      child.kill("SIGSTOP");
      const stat = () => readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
      while (stat()[0] !== "T") await sleep(10);
      vi.useFakeTimers({ toFake: ["performance"] });
      const owner = another({ pid: child.pid!, started: stat()[19] });
      plant(owner);
      const claims = claimsOf(self);
      expect(claims.acquire("a")).toMatchObject({ status: "held", by: { state: "suspended", owner } });
      expect([...claims.live().keys()]).toEqual(["a"]);
      vi.advanceTimersByTime(99_000);
      expect(claims.acquire("a").status).toBe("held");
      vi.advanceTimersByTime(2000);
      expect(claims.acquire("a").status).toBe("taken");
    } finally {
      child.kill("SIGKILL");
    }
  },
);

test("of several looks the fullest is taken: between two samples a run holds no claim", () => {
  const far = claimsOf(another({ machine: "elsewhere" }));
  const claims = claimsOf(self);
  let looks = 0;
  const live = claims.live.bind(claims);
  vi.spyOn(claims, "live").mockImplementation(() => {
    if (++looks === 3) far.acquire("a");
    if (looks === 4) far.release("a");
    return live();
  });
  expect([...claims.fullest().keys()]).toEqual(["a"]);
  expect(live().size).toBe(0);
});

test("a file of which nothing was written is swept by the name of its owner, if that is dead", () => {
  const dead = [another({ pid: 2 ** 22 + 7, started: "1" }), another({ started: "1" })];
  const others = [another(), another({ machine: "elsewhere", pid: 2 ** 22 + 7 })];
  const plantTorn = (owners: readonly Owner[], serial: number) =>
    owners.map((owner, k) => {
      const name = temporaryName(owner, serial + k);
      writeFileSync(join(folder, name), "");
      return name;
    });
  plantTorn(dead, 0);
  const left = plantTorn(others, 2);
  claimsOf(self).sweep();
  expect(readdirSync(folder).sort()).toEqual(left.sort());
});

test("sweeping removes what dead runs left, and nothing else", () => {
  plant(another({ started: "1" }));
  writeFileSync(join(folder, ".another.1"), JSON.stringify(another({ started: "1" })));
  writeFileSync(join(folder, "far.json"), JSON.stringify(another({ machine: "elsewhere" })));
  mkdirSync(join(folder, "sub"));
  const claims = claimsOf(self);
  claims.acquire("mine");
  claims.sweep();
  expect(readdirSync(folder).sort()).toEqual(["far.json", "mine.json", "sub"]);
});
