/** What a dropped file is for. */
export type FileKind = "model" | "script" | "potential" | "table" | "configuration";

/** What a file is for, by its name, compressed or not, and, where that does not tell, its beginning. */
export function kindOf(given: string, head: string): FileKind {
  const name = given.replace(/\.gz$/i, "");
  if (/\.json$/i.test(name)) return "model";
  if (/^in\.|\.(in|lmp|lammps)$/i.test(name) && /^\s*(pair_style|include)\s/m.test(head)) return "script";
  if (/\.(eam|alloy|fs|setfl|funcfl|tersoff)$/i.test(name)) return "potential";
  if (/\.(table|tab|pot)$/i.test(name)) return "table";
  return "configuration";
}
