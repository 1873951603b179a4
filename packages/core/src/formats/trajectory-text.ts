import type { LineCursor } from "./cursor.ts";
import type { FrameReader } from "./lines.ts";
import { endedEarly, endedWhileSkipping, noSuchFrame, type ParticleTable } from "./particles.ts";
import type { Snapshot } from "./types.ts";

/** A text file of many configurations, frame behind frame: one is read, those before it are passed over unread. */
export abstract class TrajectoryText implements FrameReader {
  protected readonly source: string;
  /** Zero-based frame that is read. */
  protected readonly wanted: number;
  /** Frames that have begun. */
  protected framesSeen = 0;
  /** Particles of the wanted frame, from their first row on. */
  protected table: ParticleTable | undefined;
  skip = 0;
  done = false;
  #hasMoreFrames = false;

  constructor(source: string, wanted: number) {
    this.source = source;
    this.wanted = wanted;
  }

  abstract line(cursor: LineCursor): void;

  /** The wanted frame, all of whose particles came. */
  protected abstract snapshot(table: ParticleTable): Snapshot;

  /** Why a file that ends before the first particle of the wanted frame is cut off; undefined where it is not. */
  protected abstract truncated(): Error | undefined;

  /** Whether the frame that begins is the wanted one; so many lines of one before it are skipped. */
  protected begins(lines: number): boolean {
    if (this.framesSeen++ === this.wanted) return true;
    this.skip = lines;
    return false;
  }

  /** Another frame follows the wanted one. */
  protected leave(): void {
    this.#hasMoreFrames = true;
    this.done = true;
  }

  /** Whether rows of particles are still to come. */
  protected get reading(): boolean {
    return this.table !== undefined && !this.table.full;
  }

  countFrames(): number {
    if (this.skip > 0) throw endedWhileSkipping(this.source, this.framesSeen - 1, this.skip);
    return this.framesSeen;
  }

  endsWhole(word: string): boolean {
    return this.reading && this.table!.endsWhole(word);
  }

  finish(): Snapshot {
    const frames = this.countFrames();
    const { table, source, wanted } = this;
    if (!table) throw this.truncated() ?? noSuchFrame(source, wanted, frames);
    if (!table.full) throw endedEarly(source, table.expected, table.count);
    return { ...this.snapshot(table), hasMoreFrames: this.#hasMoreFrames };
  }
}
