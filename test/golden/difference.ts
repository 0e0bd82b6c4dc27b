/** Where two versions of a report file differ, as one line a person can act on. */

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;
/** Node's own `Math.log` and `Math.exp` may change with its major version. */
const TOLERANCE = 1e-9;

/** Undefined when they agree: to the byte, or when not `exactly` to 1e-9 in every number and to the byte elsewhere. */
export function difference(golden: string, made: string, exactly: boolean): string | undefined {
  if (golden === made) return undefined;
  const before = golden.split('\n');
  const after = made.split('\n');
  for (let line = 0; line < Math.max(before.length, after.length); line++) {
    const [was, is] = [before[line], after[line]];
    if (was === is || (!exactly && was !== undefined && is !== undefined && isNear(was, is))) continue;
    return `line ${line + 1}: was ${shown(was)}, is ${shown(is)}`;
  }
  return undefined;
}

function isNear(was: string, is: string): boolean {
  if (was.replace(NUMBER, '#') !== is.replace(NUMBER, '#')) return false;
  const numbers = [...is.matchAll(NUMBER)].map(Number);
  return [...was.matchAll(NUMBER)].every((text, index) => {
    const [a, b] = [Number(text), numbers[index] ?? Number.NaN];
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  });
}

function shown(line: string | undefined): string {
  if (line === undefined) return 'not there';
  return JSON.stringify(line.length > 160 ? `${line.slice(0, 160)}...` : line);
}
