/** A number in a column of a table for people: at the right, and apart from its neighbour even where it is longer than the column. */
export function cell(text: string, width: number): string {
  return ` ${text.padStart(width - 1)}`;
}
