/** The arguments of a run, which a library's user may give as anything. Each throws a UsageError with a sentence. */
import { UsageError } from '../engine/errors.js';
import { Recorder } from '../lambda/recorder.js';
import { shown } from '../scenario/quantities/reading.js';

/** A seed is text or a whole number that is kept exactly. */
export function checkSeed(seed: unknown): void {
  if (typeof seed === 'string' || Number.isSafeInteger(seed)) return;
  throw new UsageError(`seed must be a whole number or text, not ${shown(seed)}`, 'such as 1');
}

/** A scenario is what `parseScenario` returns as one: undefined where the text had problems. */
export function checkScenario(scenario: unknown): void {
  if (typeof scenario === 'object' && scenario !== null && 'run' in scenario && 'functions' in scenario) return;
  throw new UsageError(
    `there is no scenario to run, but ${shown(scenario)}`,
    'give the scenario of parseScenario, which is undefined where there are problems',
  );
}

/** Recorders are called for every fact of a run: each is a Recorder, or has all that one has. */
export function checkRecorders(recorders: unknown): void {
  const facts = Object.getOwnPropertyNames(Recorder.prototype) as (keyof Recorder)[];
  const isRecorder = (one: unknown) =>
    typeof one === 'object' && one !== null && facts.every((fact) => typeof (one as Recorder)[fact] === 'function');
  if (Array.isArray(recorders) && recorders.every(isRecorder)) return;
  throw new UsageError(
    'recorders must be a list of Recorders',
    'extend the class Recorder, which hears everything and does nothing',
  );
}
