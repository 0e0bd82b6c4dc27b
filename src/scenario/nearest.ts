/** The word a reader probably meant: nearest by the optimal string alignment distance (Damerau 1964), or none when all are far. */

/** Undefined when no word is within a third of the letters, or when there are no words. Ties go to the earlier word. */
export function nearest(written: string, words: Iterable<string>): string | undefined {
  if (written.length > 64) return undefined;
  const lower = written.toLowerCase();
  const list = [...words];
  // A beginning of three letters or more is an abbreviation.
  const longer = lower.length >= 3 ? list.find((word) => word.toLowerCase().startsWith(lower)) : undefined;
  if (longer !== undefined) return longer;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const word of list) {
    if (Math.abs(word.length - lower.length) >= least) continue;
    const distance = alignmentDistance(lower, word.toLowerCase());
    if (distance < least) {
      least = distance;
      best = word;
    }
  }
  return best;
}

/** `did you mean memory?`, or the words themselves when none is near and they fit in a line. */
export function suggestion(written: string, words: readonly string[]): string {
  const word = nearest(written, words);
  if (word !== undefined) return `did you mean ${word}?`;
  if (words.length === 0) return '';
  return words.length <= 12 ? `use ${listed(words)}` : '';
}

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

function alignmentDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
