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
 * Makes `count` pieces of a stage, and gives them to `use` one after the other. Each must depend on its number alone: then
 * it does not matter who made it, and one that two make at the same time is only wasted.
 */
export type MakePieces = (
  stage: string,
  count: number,
  make: (k: number) => readonly Float64Array[],
  use: (piece: readonly Float64Array[], k: number) => void,
) => void;

/** `identity`: all that the pieces depend on, as a text. Without a store each piece is made, used, and forgotten. */
export function piecesIn(
  store: PieceStore | undefined,
  identity: () => string,
  tell: (stage: string, done: number, total: number) => void,
): MakePieces {
  const scope = store && sha256Hex(identity()).slice(0, 16);
  return (stage, count, make, use) => {
    const name = (k: number) => `${scope}/${stage.replaceAll(" ", "-")}-${k}`;
    store?.order(count).forEach((k, done) => {
      tell(stage, done, count);
      if (!store.read(name(k))) store.write(name(k), make(k));
    });
    for (let k = 0; k < count; k++) {
      if (!store) tell(stage, k, count);
      use(store?.read(name(k)) ?? make(k), k);
    }
    tell(stage, count, count);
  };
}

/** Each piece is made, used, and forgotten. */
export const unkept: MakePieces = (_, count, make, use) => {
  for (let k = 0; k < count; k++) use(make(k), k);
};

/** All pieces of a stage together. */
export function allPieces(
  pieces: MakePieces,
  stage: string,
  count: number,
  make: (k: number) => readonly Float64Array[],
): (readonly Float64Array[])[] {
  const all: (readonly Float64Array[])[] = [];
  pieces(stage, count, make, (piece) => all.push(piece));
  return all;
}
