import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadCampaign } from "../../campaign/src/index.ts";
import { campaignTemplate } from "../../campaign/src/plan/template.ts";
import { registry } from "../src/shell/registry.ts";
import { campaignFile, refusal, SOFTFIELD, softfield } from "./campaign-support.ts";

const scratch = () => dirname(campaignFile().file);

function refusedFile(name: string, text: string | Uint8Array): string {
  const path = join(scratch(), name);
  writeFileSync(path, text);
  return refusal(() => loadCampaign(path, registry)).replace(`${dirname(path)}/`, "");
}

test.each([
  [
    "unknown.yaml",
    "name: n\nensembles:\n  a:\n    model: 2dipl\n    particles: 9\n    seed: 1\n",
    /^unknown.yaml:6: ensembles.a.seed: unknown field; did you mean "seeds"\?$/,
  ],
  [
    "overlap.yaml",
    "name: n\nensembles:\n  a:\n    model: 2dipl\n    particles: 9\n    seeds:\n      - 1..5\n      - 5\n",
    /^overlap.yaml:6: ensembles.a.seeds: seed 5 is given twice, by "1..5" and by "5"$/,
  ],
  [
    "list.yaml",
    "name: n\nensembles:\n  a:\n    model: 2dipl\n    particles: 9\n    seeds:\n      - 1\n      - {}\n",
    /^list.yaml:8: ensembles.a.seeds\[1\]: must be a number or text, found \{\}$/,
  ],
  ["syntax.yaml", "name: n\nensembles: [\n", /^syntax.yaml:3: /],
  ["twice.yaml", "name: n\nname: m\n", /^twice.yaml:2: Map keys must be unique/],
  ["empty.yaml", "# nothing\n", /^empty.yaml: is empty/],
  ["bent.json", '{"name": }', /^bent.json:1: name: must be text, found null$/],
  [
    "model.yaml",
    "name: n\nensembles: {a: {model: 2dip, particles: 9, seeds: 1}}\n",
    /^model.yaml:2: ensembles.a.model: no model "2dip"/,
  ],
  [
    "bomb.yaml",
    `a: &a [${"x,".repeat(9)}]\n${["b", "c", "d", "e"].map((name, k) => `${name}: &${name} [${`*${"abcd"[k]},`.repeat(9)}]\n`).join("")}`,
    /^bomb.yaml: its aliases \(\*name\) unfold into too many values; write them out$/,
  ],
  [
    "merged.yaml",
    "name: n\nensembles:\n  a: {<<: 3, model: 2dipl, particles: 9, seeds: 1}\n",
    /^merged.yaml: Merge sources must be maps or map aliases$/,
  ],
  [
    "two.yaml",
    "name: n\nensembles: {}\n---\nname: m\n",
    /^two.yaml:3: a second document begins here; a campaign file holds one$/,
  ],
  [
    "binary.yaml",
    Uint8Array.of(1, 200, 3, 4, 5),
    /^binary.yaml: is no text file; a campaign is YAML or JSON/,
  ],
  ["nul.yaml", "name: n\0m\n", /^nul.yaml: is no text file/],
  [
    "wide.yaml",
    Buffer.from("\ufeffname: n\n", "utf16le"),
    /^wide.yaml: is text in UTF-16: save it as UTF-8$/,
  ],
  ["bare.yaml", Buffer.from("name: n\n", "utf16le"), /^bare.yaml: is text in UTF-16: save it as UTF-8$/],
] as const)("%s is refused with its line and field", (name, text, words) => {
  expect(refusedFile(name, text)).toMatch(words);
});

test("a campaign file that is not there, or is a folder", () => {
  expect(refusal(() => loadCampaign("/nowhere/night.yaml", registry))).toContain("no such campaign file");
  const folder = scratch();
  expect(refusal(() => loadCampaign(folder, registry))).toBe(
    `${folder}: can't read it: is a folder, not a file.`,
  );
});

test("merge keys: an ensemble takes another's fields and replaces some", () => {
  const path = join(scratch(), "merge.yaml");
  writeFileSync(
    path,
    "name: n\nensembles:\n  a: &base {model: 2dipl, particles: 30, seeds: 1..3}\n  b: {<<: *base, seeds: 20}\n",
  );
  const { campaign } = loadCampaign(path, registry);
  expect(campaign.ensembles.map(({ name, particles }) => [name, particles])).toEqual([
    ["a", 30],
    ["b", 30],
  ]);
  expect([...campaign.seeds.values()]).toEqual([[1, 2, 3], [20]]);
});

test("a model file is found from the campaign file's folder", () => {
  const folder = scratch();
  const { status, stdout } = softfield(SOFTFIELD, ["models", "2dipl"]);
  expect(status).toBe(0);
  writeFileSync(join(folder, "own.json"), stdout);
  const fields = { name: "n", ensembles: { a: { model: "own.json", particles: 9, seeds: 1 } } };
  writeFileSync(join(folder, "n.json"), JSON.stringify(fields));
  expect(loadCampaign(join(folder, "n.json"), registry).campaign.ensembles[0].model.name).toBe("2dipl");
});

test("the file that init writes is a campaign, its comments say every section's fields truly", () => {
  const folder = scratch();
  const path = join(folder, "glass.yaml");
  const args = ["init", path, "--model", "3dipl", "-n", "300", "--seeds", "1..9"];
  expect(softfield(SOFTFIELD, args)).toMatchObject({ status: 0, stderr: "" });
  const { campaign } = loadCampaign(path, registry);
  expect(campaign).toMatchObject({ name: "glass", output: "glass" });
  expect(campaign.seeds.get("3dipl")).toHaveLength(9);
  const refused = softfield(SOFTFIELD, args);
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("--force overwrites it")]);
  // everything that is commented out is valid, too
  const text = campaignTemplate({ name: "glass", model: "2dipl", particles: 900, seeds: "1" });
  const all = text.replace(/^(\s*)# (output:| {2}\w+:|\w+:$)/gm, "$1$2");
  expect(all).not.toBe(text);
  writeFileSync(path, all);
  expect(loadCampaign(path, registry).campaign.ensembles[0].protocol).toMatchObject({
    kind: "anneal",
    liquidTime: 20,
  });
});

test("the paper's campaign, as shipped, is one", () => {
  const { campaign } = loadCampaign(
    fileURLToPath(new URL("../../../examples/campaigns/zylberg2017.yaml", import.meta.url)),
    registry,
  );
  expect(
    campaign.ensembles.map(({ name, particles, protocol, compute }) => {
      return [name, particles, protocol?.annealTime, protocol?.annealTemperature, Object.keys(compute)];
    }),
  ).toEqual([
    ["2DIPL", 10_000, 200, 0.48, ["lte", "modes", "spots", "shear"]],
    ["3DIPL", 2000, 250, 0.5, ["lte"]],
    ["3DKABLJ", 2000, 50, 0.43, ["lte"]],
  ]);
  expect([...campaign.seeds.values()].map((seeds) => seeds.length)).toEqual([5000, 5000, 5000]);
});
