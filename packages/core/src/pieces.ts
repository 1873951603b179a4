import { sha256Hex } from "./sha256.ts";

/** Finished pieces of a long computation, kept where others that do the same find them, and it itself after an end. */
export interface PieceStore {
  /** What is kept under a name, if it is there and whole. */
  read(name: string): readonly Float64Array[] | undefined;
  /** Keeps it: all of it or nothing is ever seen. */
  write(name: string, piece: readonly Float64Array[]): void;
  /** In which order to do what is not done of so many pieces: others begin elsewhere. */
  order(count: number): readonly number[];
}

/**
 * Makes `count` pieces of a stage, and gives them all. Each must depend on its number alone: then it does not matter who
 * made it, and one that two make at the same time is only wasted.
 */
export type MakePieces = (
  stage: string,
  count: number,
  make: (k: number) => readonly Float64Array[],
) => (readonly Float64Array[])[];

/** `identity`: all that the pieces depend on, as a text. Without a store all pieces are made here. */
export function piecesIn(
  store: PieceStore | undefined,
  identity: () => string,
  tell: (stage: string, done: number, total: number) => void,
): MakePieces {
  const scope = store && sha256Hex(identity()).slice(0, 16);
  return (stage, count, make) => {
    const made: (readonly Float64Array[])[] = [];
    const order = store?.order(count) ?? Array.from({ length: count }, (_, k) => k);
    order.forEach((k, at) => {
      tell(stage, at, count);
      const name = `${scope}/${stage.replaceAll(" ", "-")}-${k}`;
      const kept = store?.read(name);
      made[k] = kept ?? make(k);
      if (!kept) store?.write(name, made[k]);
    });
    tell(stage, count, count);
    return made;
  };
}
