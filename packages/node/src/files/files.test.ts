import { spawn } from "node:child_process";
import { mkdtemp, open, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { SoftfieldError } from "softfield";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileError } from "./errors.ts";
import {
  checkOutputPath,
  countFramesOfFile,
  parseFrameChoice,
  readSnapshotFile,
  writeFileAtomically,
} from "./index.ts";

let folder = "";
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "softfield-files-"));
});
afterAll(() => rm(folder, { recursive: true }));

const frame = (x: number) => `2\nLattice="9 0 0 0 9 0 0 0 9"\nA ${x} 0 0\nB 2 ${x} 0.5\n`;

async function failure(work: Promise<unknown>): Promise<SoftfieldError> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof SoftfieldError)) throw new Error(`expected a SoftfieldError, got ${error}`);
  return error;
}

test("a file is read plain and compressed, the frame chosen by number or as the last", async () => {
  const text = [0.25, 0.5, 0.75].map(frame).join("");
  await writeFile(at("t.xyz"), text);
  await writeFile(at("t.xyz.gz"), gzipSync(text));
  // as bgzip and pigz write: several members one after the other
  await writeFile(
    at("members.gz"),
    Buffer.concat([gzipSync(frame(0.25)), gzipSync(frame(0.5) + frame(0.75))]),
  );
  for (const name of ["t.xyz", "t.xyz.gz", "members.gz"]) {
    expect(await countFramesOfFile(at(name))).toBe(3);
    for (const [choice, x] of [
      [undefined, 0.25],
      [1, 0.5],
      ["last", 0.75],
    ] as const) {
      const snapshot = await readSnapshotFile(at(name), choice);
      expect([...snapshot.positions]).toEqual([x, 0, 0, 2, x, 0.5]);
    }
  }
});

test("a frame is a whole number or last", () => {
  expect([parseFrameChoice("3"), parseFrameChoice("last")]).toEqual([3, "last"]);
  for (const text of ["-1", "1.5", "first", ""]) expect(() => parseFrameChoice(text)).toThrow(SoftfieldError);
});

test.each([
  ["missing.xyz", async () => undefined, "there is no such file"],
  ["empty.xyz", (path: string) => writeFile(path, ""), "the file is empty (0 bytes)"],
  [
    "cut.gz",
    (path: string) => writeFile(path, gzipSync(frame(1)).subarray(0, 40)),
    "the compressed file ends too early",
  ],
  [
    "bent.gz",
    (path: string) => writeFile(path, gzipSync(frame(1)).fill(255, 12, 30)),
    "the compressed file is damaged",
  ],
  [
    "unended.xyz",
    (path: string) => writeFile(path, frame(1).slice(0, -2)),
    "line 4: the file ends within this line",
  ],
  [
    "short.xyz",
    (path: string) => writeFile(path, frame(1).split("B")[0]),
    "announces 2 particles and ends after 1",
  ],
])("%s is refused in words", async (name, make, words) => {
  await make(at(name));
  const error = await failure(readSnapshotFile(at(name)));
  expect(error.message).toContain(words);
  expect(error.message).toContain(at(name));
  expect(error.place.file).toBe(at(name));
});

test("a gzip file need not end in a line break: its checksum says that it is whole", async () => {
  await writeFile(at("u.gz"), gzipSync(frame(1).slice(0, -1)));
  expect((await readSnapshotFile(at("u.gz"))).positions[5]).toBe(0.5);
});

test("a folder is no configuration", async () => {
  expect((await failure(readSnapshotFile(folder))).message).toContain("is a folder, not a file");
});

test("files of more than 2 GB: garbage is refused by its first bytes, a frame in front is found", async () => {
  await writeFile(at("big.bin"), "");
  await truncate(at("big.bin"), 2 ** 31 + 2 ** 29);
  expect((await failure(readSnapshotFile(at("big.bin")))).message).toContain("is a binary file");
  await writeFile(at("big.xyz"), frame(0.5).repeat(3000));
  await truncate(at("big.xyz"), 2 ** 31 + 2 ** 29);
  expect((await readSnapshotFile(at("big.xyz"))).positions[0]).toBe(0.5);
  expect((await failure(readSnapshotFile(at("big.xyz"), 3000))).message).toContain(
    "line 12001: this line is longer",
  );
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s while a file is written leaves what was there, and nothing else", async (signal, code) => {
  const target = at(`killed-${signal}.tsv`);
  await writeFile(target, "old");
  const script =
    `import { writeFileAtomically } from ${JSON.stringify(new URL("./write.ts", import.meta.url).href)};` +
    "const slow = async function* () { for (;;) { yield 'x'.repeat(1 << 19); await new Promise((r) => setTimeout(r, 5)); } };" +
    `await writeFileAtomically(${JSON.stringify(target)}, slow());`;
  const child = spawn(process.execPath, [
    "--conditions=softfield-source",
    "--input-type=module",
    "--eval",
    script,
  ]);
  const ended = new Promise((resolve) => child.on("close", resolve));
  const begun = async () => (await readdir(folder)).some((name) => name.startsWith(`.killed-${signal}`));
  while (!(await begun()) && child.exitCode === null) await sleep(10);
  child.kill(signal);
  expect(await ended).toBe(code);
  expect(await readFile(target, "utf8")).toBe("old");
  expect(await begun()).toBe(false);
});

test("a file is written whole, over an older one and through a link, and nothing else is left", async () => {
  await writeFile(at("out.tsv"), "old");
  await symlink(at("out.tsv"), at("link.tsv"));
  async function* pieces() {
    yield "a\tb\n";
    yield new TextEncoder().encode("1\t");
    yield "2\n";
  }
  await writeFileAtomically(at("link.tsv"), pieces());
  expect(await readFile(at("out.tsv"), "utf8")).toBe("a\tb\n1\t2\n");
  await writeFileAtomically(at("fresh.tsv"), "x".repeat(1_000_000));
  expect((await stat(at("fresh.tsv"))).size).toBe(1_000_000);
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a writer that fails half-way leaves the old file and no part of the new", async () => {
  await writeFile(at("kept.tsv"), "old");
  function* failing() {
    yield "new".repeat(200_000);
    throw new SoftfieldError("numerics", "no result");
  }
  expect((await failure(writeFileAtomically(at("kept.tsv"), failing()))).message).toBe("no result");
  expect(await readFile(at("kept.tsv"), "utf8")).toBe("old");
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("an output that can't be written is refused in words, also before the work", async () => {
  await writeFile(at("input.xyz"), frame(1));
  await symlink(at("input.xyz"), at("alias.xyz"));
  const cases = [
    [at("nowhere/out.tsv"), "its folder does not exist"],
    [folder, "is a folder"],
    [join(at("input.xyz"), "out.tsv"), "a part of its path is not a folder"],
    [at(`${"n".repeat(300)}.tsv`), "the name is too long"],
    [at("alias.xyz"), "is the input itself"],
  ] as const;
  for (const [path, words] of cases) {
    expect((await failure(writeFileAtomically(path, "x", [at("input.xyz")]))).message).toContain(words);
    expect(
      (await failure(checkOutputPath(path, { inputs: [at("input.xyz")], force: true }))).message,
    ).toContain(words);
  }
  await checkOutputPath(at("fine.tsv"), { inputs: [at("input.xyz")], force: false });
  expect(await readdir(folder)).not.toContain("fine.tsv");
});

test("what the system says is put in words; our own errors pass", () => {
  const denied = Object.assign(new Error("EACCES"), { code: "EACCES" });
  expect(fileError(denied, "out.tsv", "write")).toMatchObject({
    message: "out.tsv: can't write it: you may not write into that folder.",
    code: "resource",
    place: { file: "out.tsv" },
  });
  expect(fileError(denied, "a.xyz", "read")).toMatchObject({ code: "input" });
  const own = new SoftfieldError("numerics", "own");
  expect([fileError(own, "x", "read"), fileError(denied.message, "x", "read")]).toEqual([own, "EACCES"]);
});

test("a device is written to directly, not replaced", async () => {
  await writeFileAtomically("/dev/null", "text");
  const device = await open("/dev/null");
  expect((await device.stat()).isCharacterDevice()).toBe(true);
  await device.close();
});

/** The two particles of one frame, packed by bzip2, xz and zstd. */
const PACKED = {
  "t.bz2":
    "QlpoOTFBWSZTWfLAgzsAABFdgAAQUAFSIjAEKiAEACAAMUNNMAAyTEMgaXV7ouBYCGaWDzYwSISTkSo65371Cvi7kinChIeWBBnY",
  "t.xz":
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AA1AChdABkChgeyPmk7YC3F8i1IWDScOMG44IT0RrO372zSEaJiqH31Taw9sCoAPRh1vZlYTe4AAUQ2s6opex+2830BAAAAAARZWg==",
  "t.zst": "KLUv/SQ2VQEA6DIKTGF0dGljZT0iOSAwIgpBIDAuMjUKQiAyLjUKBAAwk+S0vFJBl1MCShGj3A==",
};

test.each(Object.entries(PACKED))(
  "%s is read, and refused where it is cut off or bent",
  async (name, base64) => {
    const bytes = Buffer.from(base64, "base64");
    await writeFile(at(name), bytes);
    expect([...(await readSnapshotFile(at(name))).positions]).toEqual([0.25, 0, 0, 2, 0.25, 0.5]);
    for (const length of [bytes.length - 6, bytes.length >> 1, 8]) {
      await writeFile(at(name), bytes.subarray(0, length));
      expect((await failure(readSnapshotFile(at(name)))).message).toContain("damaged or truncated");
    }
    const bent = Buffer.from(bytes);
    bent[bytes.length >> 1] ^= 0x55;
    await writeFile(at(name), bent);
    expect(await failure(readSnapshotFile(at(name)))).toBeInstanceOf(SoftfieldError);
  },
);
