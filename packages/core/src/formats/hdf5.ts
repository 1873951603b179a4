import type { Group as H5Group } from "h5wasm";
import { SoftfieldError } from "../errors.ts";
import { rowCount, type Table } from "./table.ts";

/** An array of any number of dimensions, row-major, as one dataset. */
export interface Hdf5Array {
  readonly shape: readonly number[];
  readonly values: Float64Array | Int32Array;
  readonly unit?: string;
  readonly description?: string;
}

/** Tables by the path of the HDF5 group that holds them, "/" being the root; and arrays by the path of their dataset. */
export type Hdf5Content = Readonly<Record<string, Table | Hdf5Array>>;

/** What can bear attributes. */
interface Attributed {
  create_attribute(name: string, data: string | Float64Array, shape?: number[] | null, dtype?: string): void;
}

let written = 0;

/**
 * Tables as the bytes of an HDF5 file: one dataset a column with its unit and description as attributes, and
 * the metadata as attributes of the group. The HDF5 library is loaded at the first call.
 *
 * @throws SoftfieldError "resource" where the library fails, e.g. for want of memory
 */
export async function hdf5Bytes(content: Hdf5Content): Promise<Uint8Array> {
  for (const [path, part] of Object.entries(content)) {
    if ("columns" in part) rowCount(part);
    else requireShape(path, part);
  }
  const h5wasm = await import("h5wasm");
  const { FS } = await h5wasm.ready;
  // A name in the library's own file system in memory.
  const name = `/softfield-${written++}.h5`;
  try {
    const file = new h5wasm.File(name, "w");
    const groups = new Map<string, H5Group>();
    for (const [path, part] of Object.entries(content)) {
      if (!("columns" in part)) {
        const cut = path.lastIndexOf("/");
        const { values: data, shape, ...attributes } = part;
        const dataset = groupAt(path.slice(0, cut), groups, file).create_dataset({
          name: path.slice(cut + 1),
          data,
          shape: [...shape],
        });
        setAttributes(dataset as unknown as Attributed, attributes);
        continue;
      }
      const { columns, metadata = {} } = part;
      const group = groupAt(path, groups, file);
      setAttributes(group as unknown as Attributed, metadata);
      for (const { name: column, values, unit, description } of columns) {
        const data = values instanceof Int32Array || values instanceof Float64Array ? values : [...values];
        const dataset = group.create_dataset({ name: column, data });
        setAttributes(dataset as unknown as Attributed, {
          ...(unit === undefined ? {} : { unit }),
          ...(description === undefined ? {} : { description }),
        });
      }
    }
    file.flush();
    file.close();
    return FS.readFile(name) as Uint8Array;
  } catch (cause) {
    throw new SoftfieldError(
      "resource",
      `the HDF5 library failed: ${(cause as Error).message}`,
      {},
      { cause },
    );
  } finally {
    if (FS.analyzePath(name).exists) FS.unlink(name);
  }
}

function requireShape(path: string, { shape, values }: Hdf5Array): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === values.length && /[^/]$/.test(path)) return;
  throw new SoftfieldError(
    "usage",
    `array ${path} has ${values.length} values for the shape ${shape.join("×")}`,
    {
      field: path,
    },
  );
}

/** The group of that path below the root, made with those above it where they are missing. */
function groupAt(path: string, groups: Map<string, H5Group>, root: H5Group): H5Group {
  let group = root;
  let walked = "";
  for (const part of path.split("/").filter(Boolean)) {
    walked += `/${part}`;
    const next = groups.get(walked) ?? group.create_group(part);
    groups.set(walked, next);
    group = next;
  }
  return group;
}

/** Texts as strings, numbers as scalar doubles, logicals as "true" or "false". */
function setAttributes(
  bearer: Attributed,
  attributes: Readonly<Record<string, string | number | boolean>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "number") bearer.create_attribute(name, Float64Array.of(value), [], "<d");
    else bearer.create_attribute(name, String(value));
  }
}
