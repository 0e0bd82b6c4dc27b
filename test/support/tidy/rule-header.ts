/** The opening comment of a rule file: five labels in a fixed order, each with something behind it. */
import type { SourceFile } from './source-file.js';

const LABELS = ['Rule', 'Numbers', 'Era', 'Source', 'Assumes'] as const;

/** Whether the file declares a dated rule, rather than types or functions that rules share. */
export function isRuleFile(file: SourceFile): boolean {
  return /^export const \w+: Rule</m.test(file.text);
}

/** The text behind each label, lines joined; a label that is missing has none. */
export function labelsOf(file: SourceFile): { label: string; text: string }[] {
  const header = /^\/\*\*([\s\S]*?)\*\//.exec(file.text)?.[1] ?? '';
  const found: { label: string; text: string }[] = [];
  for (const line of header.split('\n')) {
    const text = line.replace(/^\s*\* ?/, '').trimEnd();
    const [, label, rest] = /^([A-Z][a-z]+) {2,}(\S.*)?$/.exec(text) ?? /^(Numbers|Assumes) (\S.*)?$/.exec(text) ?? [];
    if (label !== undefined) found.push({ label, text: rest ?? '' });
    else if (found.length > 0) found[found.length - 1]!.text += ` ${text.trim()}`;
  }
  return found;
}

export function headerFaults(file: SourceFile): string[] {
  const labels = labelsOf(file);
  const order = labels.map(({ label }) => label).join(', ');
  if (order !== LABELS.join(', ')) {
    return [`${file.path}:1 has the labels ${order || 'none'}; a rule begins with ${LABELS.join(', ')}`];
  }
  return labels
    .filter(({ text }) => text.trim() === '')
    .map(({ label }) => `${file.path}:1 says nothing after ${label}`);
}
