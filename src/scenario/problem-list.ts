/** Collects the Problems of one scenario; the reader sees them in the order of the file, at most 100 and then a count. */
import type { Problem } from '../engine/errors.js';
import type { Fault } from './quantities/reading.js';
import { type Path, type Place, pathText } from './tree.js';

const MOST_SHOWN = 100;

export class ProblemList {
  private readonly found: Problem[] = [];
  private readonly seen = new Set<string>();
  /** Places whose value is no number: whatever else is said of them follows from that. */
  private readonly settled = new Set<string>();
  private uncounted = 0;

  constructor(private readonly fileName: string) {}

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  /** More are counted and not shown. */
  get isFull(): boolean {
    return this.uncounted > 0;
  }

  /** Past the hundredth a problem is only counted, the same one as often as it is found. */
  add(place: Place, path: Path, { code, message, hint }: Fault): void {
    if (this.found.length === MOST_SHOWN) {
      this.uncounted++;
      return;
    }
    const at = `${place.line}:${place.column}:${place.file}`;
    if (this.settled.has(at)) return;
    if (code === 'not-a-number') this.settled.add(at);
    const problem: Problem = {
      code,
      file: place.file,
      line: place.line,
      column: place.column,
      path: pathText(path),
      message,
      hint,
    };
    // One anchor used in ten places is one mistake in each path, but the same line must not repeat for one path.
    const key = JSON.stringify(problem);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.found.push(problem);
  }

  /** Problems that nobody will see in detail. */
  count(more: number): void {
    this.uncounted += more;
  }

  all(): readonly Problem[] {
    const sorted = this.found
      .map((problem, index) => ({ problem, index }))
      .sort((a, b) => fileOrder(this.fileName, a.problem, b.problem) || a.index - b.index)
      .map(({ problem }) => problem);
    if (this.uncounted === 0) return sorted;
    return [
      ...sorted,
      {
        code: 'more-problems',
        file: this.fileName,
        line: 1,
        column: 1,
        path: '',
        message: `and ${this.uncounted} more`,
        hint: '',
      },
    ];
  }
}

/** The scenario file first, then others by name. */
function fileOrder(main: string, a: Problem, b: Problem): number {
  if (a.file !== b.file) {
    if (a.file === main) return -1;
    if (b.file === main) return 1;
    return a.file < b.file ? -1 : 1;
  }
  return a.line - b.line || a.column - b.column;
}
