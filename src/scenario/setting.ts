/**
 * How the schema is written: a setting is one zod schema with the sentence, form and rule that `explain` and the editor's
 * JSON Schema show. A setting reads the user's word and yields the checked value, or faults with codes and hints.
 */
import { z } from 'zod';
import { type Fault, type Reading, shown } from './quantities/reading.js';
import type { Path } from './tree.js';

export interface SettingInfo {
  /** What it means, for `explain` and for the editor. */
  readonly sentence: string;
  /** What may be written, in words: `a duration such as 3s`. */
  readonly form: string;
  /** The rule that gives the default or the range. */
  readonly rule?: string;
  /** A value that stands in for a required one that cannot be read, so that what surrounds it can be checked. */
  readonly standIn?: string | number;
  /** JSON Schema of the value as written. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Prints the value in the form of the file. */
  readonly print: (value: never) => string;
}

export const settingInfo = z.registry<SettingInfo>();

export type Setting<T> = z.ZodPipe<z.ZodUnknown, z.ZodTransform<T, unknown>>;

/** Code and hint of a fault, carried through zod. */
interface FaultParameters {
  readonly code: string;
  readonly hint: string;
}

/** A setting whose reader may report several faults, each at a path below it. The reader returns undefined after a report. */
export function settingOf<T>(
  info: SettingInfo,
  reader: (raw: unknown, report: (path: Path, fault: Fault) => void) => T | undefined,
): Setting<T> {
  return z
    .unknown()
    .transform((raw, context): T => {
      let sound = true;
      const report = (path: Path, { code, message, hint }: Fault): void => {
        sound = false;
        const params: FaultParameters = { code, hint };
        context.issues.push({ code: 'custom', message, params: { ...params }, path: [...path], input: raw });
      };
      if (raw === undefined)
        report([], { code: 'missing-setting', message: 'is required', hint: `write ${info.form}` });
      else if (raw === null)
        report([], { code: 'empty-value', message: 'has no value', hint: `write ${info.form}, or remove the line` });
      else {
        const value = reader(raw, report);
        if (sound) return value as T;
      }
      return z.NEVER;
    })
    .register(settingInfo, info);
}

/** A setting that is one quantity. */
export function setting<T>(info: SettingInfo, reader: (raw: unknown) => Reading<T>): Setting<T> {
  return settingOf(info, (raw, report) => {
    const reading = reader(raw);
    if (reading.ok) return reading.value;
    report([], reading.fault);
    return undefined;
  });
}

/** The fault inside a zod issue that a setting made, or undefined for zod's own issues. */
export function faultOf(issue: z.core.$ZodIssue): Fault | undefined {
  if (issue.code !== 'custom') return undefined;
  const params = issue.params as FaultParameters | undefined;
  return params === undefined ? undefined : { code: params.code, message: issue.message, hint: params.hint };
}

export function printAny(value: unknown): string {
  return shown(value);
}
