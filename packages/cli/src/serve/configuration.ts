import { loadModelSource, modelOfText } from "@softfield/node";
import { type PairModel, type Snapshot, SoftfieldError } from "softfield";
import { snapshotOf } from "softfield/formats";
import { type Configuration, configurationOf, dataOfScript, readWithScript, typesOf } from "../shell/load.ts";
import { given, type Params, required } from "./params.ts";

/** The model of a request: `{name}` of a preset or a file, or `{definition, folder}`, JSON with the folder of its files. */
export function modelIn(params: Params): PairModel {
  return sourceIn(params).model;
}

function sourceIn(params: Params): ReturnType<typeof loadModelSource> & { readonly name: string } {
  const model = required("model", params.within("model"));
  const name = model.text("name");
  const definition = model.object("definition");
  const folder = model.text("folder") ?? ".";
  model.complete();
  if (definition)
    return { model: modelOfText(JSON.stringify(definition), "the model", folder), name: "the model" };
  const path = required("model", name);
  return { ...loadModelSource(path), name: path };
}

/**
 * The configuration of a request in its model: `{file, frame, …}`, read here, what the script of the model reads where it says
 * nothing, or the arrays positions (N×d), cell (d×d, rows are edges) and species (N, numbers from 0 of `names`, or types from 1).
 */
export async function configurationIn(params: Params): Promise<Configuration> {
  const { model, script, name } = sourceIn(params);
  const asked = required("configuration", params.within("configuration"));
  const map = asked.object("species");
  const named = map && new Map(Object.entries(map).map(([from, to]) => [from, String(to)]));
  const diameters = asked.text("diameters");
  const inArrays = asked.reals("positions") !== undefined;
  const file = asked.text("file") ?? (inArrays ? undefined : dataOfScript(script, name));
  const snapshot = file === undefined ? snapshotInArrays(asked) : await snapshotInFile(file, asked, script);
  asked.complete();
  const species = named ?? typesOf(script, snapshot);
  const meaning = { file: file ?? snapshot.source, ...given({ species, diameters }) };
  const { assumption, warnings, ...configuration } = configurationOf(model, snapshot, meaning);
  const said = assumption === undefined ? warnings : [assumption, ...warnings];
  return { ...configuration, warnings: said, words: "" };
}

/** The configuration of a request as it stands, in no model; undefined where it says none. */
export async function snapshotIn(params: Params): Promise<Snapshot | undefined> {
  const asked = params.within("configuration");
  if (asked === undefined) return undefined;
  const file = asked.text("file");
  const inArrays = asked.reals("positions") !== undefined;
  if (file === undefined && !inArrays) return undefined;
  const snapshot =
    file === undefined ? snapshotInArrays(asked) : await snapshotInFile(file, asked, undefined);
  asked.complete();
  return snapshot;
}

async function snapshotInFile(
  file: string,
  asked: Params,
  script: ReturnType<typeof loadModelSource>["script"],
): Promise<Snapshot> {
  const last = asked.flag("last") === true;
  const frame = last ? "last" : (asked.whole("frame") ?? 0);
  const atomStyle = asked.text("atomStyle");
  const box = asked.reals("box");
  return await readWithScript(file, frame, given({ atomStyle, box: box && Array.from(box) }), script);
}

function snapshotInArrays(asked: Params): Snapshot {
  const source = asked.text("source") ?? "the configuration";
  const positions = required("positions", asked.reals("positions"));
  const shape = asked.array("positions")?.shape ?? [];
  const [count, dimension] = shape;
  if (shape.length !== 2 || (dimension !== 2 && dimension !== 3)) {
    const message = `positions have the shape ${shape.join(" × ")}; they must be N × 2 or N × 3`;
    throw new SoftfieldError("input", message, { field: "positions" });
  }
  const cell = required("cell", asked.reals("cell"));
  if (cell.length !== dimension * dimension) {
    const message = `the cell has ${cell.length} numbers; it must be ${dimension} × ${dimension}, a row an edge`;
    throw new SoftfieldError("input", message, { field: "cell" });
  }
  const names = asked.texts("names");
  const index = asked.integers("index");
  const types = asked.integers("types");
  const columns = ["diameter", "mass", "charge"].flatMap((name) => {
    const values = asked.reals(name);
    return values ? [[name, { width: values.length / count, values }] as const] : [];
  });
  const periodic = asked.array("periodic")?.values;
  return snapshotOf(
    { source, frame: 0 },
    {
      format: "memory",
      dimension,
      vectors: cell,
      origin: asked.reals("origin") ?? new Float64Array(dimension),
      ...(periodic && { periodic: Array.from(periodic, (flag) => flag !== 0).slice(0, dimension) }),
      positions,
      species: names && index && { names, index },
      types,
      columns: new Map(columns),
      digits: 17,
    },
  );
}
