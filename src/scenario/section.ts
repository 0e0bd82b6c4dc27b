/** Maps and lists of settings, built so that `explain` and the JSON Schema find a sentence on each. */
import { z } from 'zod';
import { printAny, settingInfo } from './setting.js';

/** A map with exactly these keys. */
export function section<S extends z.core.$ZodLooseShape>(sentence: string, shape: S) {
  return z
    .strictObject(shape)
    .register(settingInfo, { sentence, form: `a map of ${Object.keys(shape).join(', ')}`, json: {}, print: printAny });
}

/** At least one entry. */
export function listOf<T extends z.core.SomeType>(sentence: string, item: T, length?: number) {
  // How many there have to be, editors are told here; a scenario with another number is told what they stand for.
  const json = length === undefined ? {} : { minItems: length, maxItems: length };
  return z
    .array(item)
    .min(1)
    .register(settingInfo, { sentence, form: `a list of entries, each ${formOf(item)}`, json, print: printAny });
}

/** Names of resources hold no dots, because a path joins them with dots. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Ids to settings, in any number. */
export function byId<T extends z.core.SomeType>(sentence: string, value: T) {
  return z
    .record(z.string().regex(ID), value)
    .register(settingInfo, { sentence, form: 'a map of ids', json: {}, print: printAny });
}

/** Names that are no ids, such as those of rules and prices, to values. */
export function byName<T extends z.core.SomeType>(sentence: string, value: T) {
  return z
    .record(z.string(), value)
    .register(settingInfo, { sentence, form: 'a map of names', json: {}, print: printAny });
}

/** One of several forms, told apart by whether a plain value, a map or a list is written. */
export function eitherOf<const T extends readonly [z.core.SomeType, ...z.core.SomeType[]]>(sentence: string, forms: T) {
  const either = z.union(forms);
  settingInfo.add(either as never, { sentence, form: forms.map(formOf).join('; or '), json: {}, print: printAny });
  return either;
}

function formOf(schema: z.core.SomeType): string {
  return settingInfo.get(schema as never)?.form ?? 'a value';
}
