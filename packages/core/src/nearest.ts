/** The candidate that differs least from a word (Levenshtein distance), if by less than half of the word. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.ceil((word.length + 1) / 2);
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, l) => l);
  for (let k = 1; k <= a.length; k++) {
    const next = [k];
    for (let l = 1; l <= b.length; l++) {
      const substitution = row[l - 1] + (a[k - 1] === b[l - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[l] + 1, next[l - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
