/** A table that cannot be drawn: says which field is wrong and what a figure needs instead. */
export class FigureError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = "FigureError";
    this.field = field;
  }
}

/** Refuses a column of the wrong length. */
export function requireLength(field: string, column: ArrayLike<unknown>, expected: number): void {
  if (column.length !== expected)
    throw new FigureError(field, `${field} has ${column.length} entries, but ${expected} belong there.`);
}
