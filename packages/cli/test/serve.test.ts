import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { localThermalEnergy, minimumOf, preset, readSnapshot, toSystem } from "softfield";
import { afterEach, expect, test } from "vitest";
import { encoded, type Message, MessageReader } from "../src/serve/frames.ts";

const source = fileURLToPath(new URL("./source-cli.ts", import.meta.url));
const file = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));

/** A client of `softfield serve --pipe`. */
class Client {
  readonly process: ChildProcess;
  readonly #heard: Message[] = [];
  #wake: () => void = () => undefined;

  constructor() {
    this.process = spawn(process.execPath, ["--conditions=softfield-source", source, "serve", "--pipe"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const reader = new MessageReader((message) => {
      this.#heard.push(message);
      this.#wake();
    });
    this.process.stdout?.on("data", (bytes) => reader.push(bytes));
  }

  send(head: object, arrays: Message["arrays"] = {}): void {
    for (const piece of encoded({ head: { ...head }, arrays })) this.process.stdin?.write(piece);
  }

  /** The next message that is no progress. */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.#heard.shift();
      if (message === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if (message.head.type !== "progress") return message;
    }
  }

  async end(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.on("exit", resolve));
    this.process.stdin?.end();
    return await ended;
  }
}

let client: Client;
afterEach(() => void client.process.kill());

const open = { model: { name: "2dipl" }, configuration: { file } };

test("it greets, holds a glass, computes what the library does, and ends with its client", async () => {
  client = new Client();
  expect((await client.next()).head).toMatchObject({ type: "hello", protocol: 1 });
  client.send({ id: 1, method: "open", params: open });
  const { head, arrays } = await client.next();
  expect(arrays.positions.shape).toEqual([400, 2]);
  const { handle } = head.value as { handle: number };
  client.send({ id: 2, method: "lte", params: { handle } });
  const answer = await client.next();
  const model = preset("2dipl");
  const { system } = toSystem(readSnapshot(readFileSync(file), { source: "glass" }), model);
  const { lte } = localThermalEnergy(minimumOf(system, model)).energies[0];
  expect(answer.arrays["bonds/lte"].values).toEqual(lte);
  expect(await client.end()).toBe(0);
});

test("faults come with code and place, and the next request is none the worse", async () => {
  client = new Client();
  await client.next();
  client.send({ id: 1, method: "open", params: { ...open, model: { name: "2dpl" } } });
  client.send({ id: 2, method: "melt", params: {} });
  client.send({ id: 3, method: "open", params: { ...open, refin: true } });
  client.send({ id: 4, method: "lte", params: { handle: 77 } });
  client.send({ id: 5, method: "about", params: {} });
  const failures = [await client.next(), await client.next(), await client.next(), await client.next()];
  expect(failures.map(({ head }) => head)).toMatchObject([
    { type: "failure", id: 1, failure: { code: "model", place: { field: "model" } } },
    {
      type: "failure",
      id: 2,
      failure: { code: "usage", message: expect.stringContaining("no method melt") },
    },
    {
      type: "failure",
      id: 3,
      failure: { code: "usage", message: expect.stringContaining("no option refin") },
    },
    { type: "failure", id: 4, failure: { code: "usage", place: { field: "handle" } } },
  ]);
  expect((await client.next()).head).toMatchObject({ type: "answer", id: 5 });
});

test("it ends at once with its client in the middle of work, and work that waits can be taken back", async () => {
  client = new Client();
  await client.next();
  client.send({ id: 1, method: "open", params: open });
  const { handle } = (await client.next()).head.value as { handle: number };
  client.send({ id: 2, method: "shear", params: { handle, events: 10_000, maxStrain: 50 } });
  client.send({ id: 3, method: "lte", params: { handle } });
  client.send({ cancel: 3 });
  expect((await client.next()).head).toMatchObject({ type: "failure", id: 3, failure: { code: "aborted" } });
  client.send({ cancel: 2 });
  expect((await client.next()).head).toMatchObject({ type: "failure", id: 2, failure: { code: "aborted" } });
  client.send({ id: 4, method: "shear", params: { handle, events: 10_000, maxStrain: 50 } });
  expect(await client.end()).toBe(0);
});

test("it does not listen to what is no message", async () => {
  client = new Client();
  await client.next();
  client.process.stdin?.write("softfield lte glass.extxyz --model 2dipl\n");
  expect(await client.end()).toBe(2);
});
