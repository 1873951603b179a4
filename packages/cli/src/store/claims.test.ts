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
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asideName, Claims } from "./claims.ts";
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
  expect(two.acquire("a")).toMatchObject({ status: "held", owner: { nonce: self.nonce } });
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

test("a planted file that is no claim holds its sample for the lease only", () => {
  writeFileSync(join(folder, "a.json"), "garbage");
  const claims = claimsOf(self);
  expect(claims.acquire("a")).toEqual({ status: "held", owner: undefined });
  vi.advanceTimersByTime(101_000);
  expect(claims.acquire("a").status).toBe("taken");
});

test("a file of which nothing was written is swept by the name of its owner, if that is dead", () => {
  const dead = [another({ pid: 2 ** 22 + 7, started: "1" }), another({ started: "1" })];
  const others = [another(), another({ machine: "elsewhere", pid: 2 ** 22 + 7 })];
  const plantTorn = (owners: readonly Owner[], serial: number) =>
    owners.map((owner, k) => {
      const name = asideName(owner, serial + k);
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
