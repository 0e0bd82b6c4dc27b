/** Records that wait for others to make a batch with, for as long as the window of their mapping says. Worth telling only where a threshold failed by it. */

import { count, duration } from '../../engine/format.js';
import { MILLISECOND, SECOND } from '../../engine/units.js';
import type { EventSourceSettings, LambdaFunctionSettings } from '../../scenario/types.js';
import { figureOf } from '../figure.js';
import type { Figure, Found } from './found.js';
import type { Subject } from './subject.js';
import { isHeldBack } from './throttles.js';

/** From half of what was measured on, the window is most of it. */
const MOSTLY = 0.5;
const TOUCHED: readonly Figure[] = ['age', 'delay', 'iteratorAge'];

export function batchingWindows(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn) =>
    fn.eventSources.flatMap((source, index): Found[] => {
      const { maximumBatchingWindow: window, batchSize } = source;
      const resource = source.kind === 'queue' ? `queues.${source.queue}` : `streams.${source.stream}`;
      const worst = window === 0 || isHeldBack(subject, fn) ? undefined : judgedBy(subject, fn, source, resource);
      if (worst === undefined) return [];
      const { warmUp, duration: end } = subject.scenario.run;
      const records = source.kind === 'queue' ? `messages of ${source.queue}` : `records of ${source.stream}`;
      return [
        {
          resource,
          limit: 'BatchingWindow',
          from: warmUp / SECOND,
          to: end / SECOND,
          message: `${fn.id} waits for up to ${duration(window / MILLISECOND)} until it has a batch of ${count(batchSize)} ${records}: ${worst} is mostly that wait.`,
          knob: `functions.${fn.id}.eventSources[${index}].maximumBatchingWindow`,
          touches: TOUCHED,
          requests: 1,
          bill: 0,
        },
      ];
    }),
  );
}

/** The time that failed, in words, where the window can be most of it, and the run of the batch is not. */
function judgedBy(
  { failed, run }: Subject,
  fn: LambdaFunctionSettings,
  source: EventSourceSettings,
  resource: string,
): string | undefined {
  for (const { path, statistic, comparison } of failed) {
    const figure = path.at(-1) as Figure;
    if (!comparison.startsWith('<') || path.slice(0, 2).join('.') !== resource || !TOUCHED.includes(figure)) continue;
    const measured = figureOf(run, statistic, path) ?? 0;
    const most = MOSTLY * measured;
    if (source.maximumBatchingWindow >= most * MILLISECOND && (run.functions[fn.id]!.duration.mean ?? 0) < most)
      return `the ${WORDS[figure] ?? figure} of ${duration(measured)} (${statistic})`;
  }
  return undefined;
}

const WORDS: Readonly<Record<string, string>> = { iteratorAge: 'iterator age' };
