/**
 * invocations.csv: a row for each attempt of a run, in the order in which they were over, those of the warm-up included. The
 * text goes out in pieces as the run goes on, so nothing grows with their number.
 */
import { MILLISECOND, type Micros } from '../engine/units.js';
import { attemptIn } from '../lambda/attempt.js';
import { type ObservedRun, Recorder } from '../lambda/recorder.js';
import { safeCells } from './csv.js';

const COLUMNS = [
  'function',
  'traffic',
  'attempt',
  'arrivedAtMs',
  'attemptAtMs',
  'startedAtMs',
  'endsAtMs',
  'answeredAtMs',
  'environment',
  'start',
  'initMs',
  'durationMs',
  'outcome',
  'throttleReason',
  'answer',
] as const;

export class InvocationsCsv extends Recorder {
  override readonly hearsEach = false;
  private run!: ObservedRun;
  private readonly safe = safeCells();

  /** `write` takes text in order. */
  constructor(private readonly write: (text: string) => void) {
    super();
  }

  override begin(run: ObservedRun): void {
    this.run = run;
    this.write(`${COLUMNS.join(',')}\n`);
  }

  override finished(rows: Int32Array, count: number): void {
    const { scenario, invocations } = this.run;
    let text = '';
    for (let index = 0; index < count; index++) {
      const attempt = attemptIn(invocations, rows[index]!);
      const fn = attempt.fn === undefined ? '' : scenario.functions[attempt.fn]!.id;
      const cells = [
        this.safe(fn),
        this.safe(scenario.traffic[attempt.source]?.id ?? ''),
        attempt.attempt,
        ms(attempt.arrivedAt),
        ms(attempt.attemptAt),
        ms(attempt.startedAt),
        ms(attempt.endsAt),
        ms(attempt.answeredAt),
        attempt.environment ?? '',
        attempt.start ?? '',
        ms(attempt.initDuration),
        ms(attempt.duration),
        attempt.outcome ?? '',
        attempt.throttleReason ?? '',
        attempt.answer ?? '',
      ];
      text += `${cells.join(',')}\n`;
    }
    this.write(text);
  }
}

function ms(time: Micros | undefined): string {
  return time === undefined ? '' : String(time / MILLISECOND);
}
