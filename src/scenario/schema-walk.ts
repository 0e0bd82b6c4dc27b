/** Finds the schema of a path and what it says about itself, through the wrappers that defaults and unions put around it. */
import type { z } from 'zod';
import { type SettingInfo, settingInfo } from './setting.js';
import type { Path } from './tree.js';

type Schema = z.core.$ZodTypes;

/** A schema without the wrappers for optional values and defaults. */
function bare(schema: z.core.$ZodType): Schema {
  let current = schema as Schema;
  while (current._zod.def.type === 'optional' || current._zod.def.type === 'prefault')
    current = current._zod.def.innerType as Schema;
  return current;
}

/** The schema of a setting, or undefined when there is none. Of several forms, the first that has the path. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const [step, ...rest] = path;
  const current = bare(schema);
  if (step === undefined) return current;
  const { def } = current._zod;
  if (def.type === 'object') {
    const key = String(step);
    return Object.hasOwn(def.shape, key) ? schemaAt(def.shape[key]!, rest) : undefined;
  }
  if (def.type === 'record') return schemaAt(def.valueType, rest);
  if (def.type === 'array') return schemaAt(def.element, rest);
  if (def.type === 'union') {
    for (const option of def.options) {
      const found = schemaAt(option, path);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The setting that a path leads into, which reads all that is below it; the path itself where it leads into none. */
export function settingAround(schema: z.core.$ZodType, path: Path): Path {
  for (let steps = 1; steps < path.length; steps++) {
    const part = path.slice(0, steps);
    const found = schemaAt(schema, part);
    if (found !== undefined && bare(found)._zod.def.type === 'pipe') return part;
  }
  return path;
}

/** Whether a map is complete without the setting at a path: it has a default, or is unknown. */
export function mayBeAbsent(schema: z.core.$ZodType, path: Path): boolean {
  const parent = schemaAt(schema, path.slice(0, -1));
  if (parent === undefined) return false;
  const { def } = bare(parent)._zod;
  if (def.type !== 'object') return false;
  const key = String(path[path.length - 1]);
  if (!Object.hasOwn(def.shape, key)) return true;
  const { type } = (def.shape[key] as Schema)._zod.def;
  return type === 'optional' || type === 'prefault';
}

/** The keys a map may have; of several forms, those of the map. */
export function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema === undefined) return [];
  const { def } = bare(schema)._zod;
  if (def.type === 'object') return Object.keys(def.shape);
  if (def.type === 'union') return def.options.flatMap((option) => keysOf(option));
  return [];
}

/** What the schema says about a setting; of several forms, the form itself says it. */
export function infoOf(schema: z.core.$ZodType | undefined): SettingInfo | undefined {
  return schema === undefined ? undefined : settingInfo.get(bare(schema) as never);
}
