import { assembleSnapshot } from "./assemble.ts";
import type { LineCursor } from "./cursor.ts";
import { type ExtxyzHeader, IDS, POSITION, readHeader, SPECIES, TYPES, VELOCITY } from "./extxyz-header.ts";
import { type ColumnPlan, checkedCount, endedEarly, ParticleTable } from "./particles.ts";
import { TrajectoryText } from "./trajectory-text.ts";
import type { Snapshot } from "./types.ts";

/** Reads one frame of an extended XYZ file, line by line, and skips those before it. */
export class ExtxyzReader extends TrajectoryText {
  readonly #edges: readonly number[] | undefined;
  #expected = 0;
  #header: ExtxyzHeader | undefined;

  /** @param edges of the box, where the file does not say it */
  constructor(source: string, wanted: number, edges?: readonly number[]) {
    super(source, wanted);
    this.#edges = edges;
  }

  line(cursor: LineCursor): void {
    if (this.reading) this.table!.read(cursor);
    else if (this.table) this.#after(cursor);
    else if (this.#header) {
      this.table = new ParticleTable(this.#header.plans(cursor.tokens().length), this.#expected);
      this.table.read(cursor);
    } else if (this.framesSeen > this.wanted) this.#comment(cursor);
    else this.#count(cursor);
  }

  protected truncated(): Error | undefined {
    return this.framesSeen > this.wanted ? endedEarly(this.source, this.#expected, 0) : undefined;
  }

  #count(cursor: LineCursor): void {
    if (cursor.isBlank()) return;
    const tokens = cursor.tokens();
    if (tokens.length !== 1) {
      const previous = this.framesSeen === 0 ? "" : ` after the ${this.#expected} particles announced before`;
      throw cursor.error(`expected a number of particles${previous}, found "${cursor.preview()}".`);
    }
    this.#expected = checkedCount(cursor, tokens[0], this.framesSeen !== this.wanted);
    this.begins(this.#expected + 1);
  }

  #comment(cursor: LineCursor): void {
    this.#header = readHeader(cursor, this.#edges);
  }

  /** The wanted frame is read: what follows must be blank or the next frame. */
  #after(cursor: LineCursor): void {
    if (cursor.isBlank()) return;
    const tokens = cursor.tokens();
    if (tokens.length !== 1 || !/^\+?\d+$/.test(tokens[0])) {
      throw cursor.error(
        `the ${this.#expected} particles that the file announces have been read, but "${cursor.preview()}" follows: ` +
          "the announced number of particles is wrong.",
      );
    }
    this.leave();
  }

  protected snapshot(table: ParticleTable): Snapshot {
    const header = this.#header!;
    const named = (pattern: RegExp, accept: (plan: ColumnPlan) => boolean) =>
      table.plans.find((plan) => pattern.test(plan.name) && accept(plan))?.name;
    const position = named(POSITION, () => true)!;
    const species = named(SPECIES, (plan) => plan.kind === "species");
    const types =
      named(TYPES, (plan) => plan.kind === "integer") ?? named(SPECIES, (plan) => plan.kind === "integer");
    const ids = named(IDS, (plan) => plan.kind === "integer");
    const velocity = table.plans.find(
      (plan) => VELOCITY.test(plan.name) && plan.width === header.dimension,
    )?.name;
    return assembleSnapshot({
      source: this.source,
      format: "extxyz",
      frame: this.wanted,
      dimension: header.dimension,
      lattice: header.lattice,
      origin: header.origin,
      periodic: header.periodic,
      table,
      positions: table.column(position)!.values,
      velocities: velocity === undefined ? undefined : table.column(velocity)!.values,
      roles: {
        positions: [position],
        velocities: velocity === undefined ? [] : [velocity],
        species,
        types,
        ids,
      },
      info: header.info,
    });
  }
}
