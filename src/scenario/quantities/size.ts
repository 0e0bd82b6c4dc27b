/** Sizes of data: `256KB`, `128MB`, `1GB` in powers of 1,024, as Lambda counts. Memory, which AWS gives in MB, has its own reader. */
import { type Bytes, GB, KB, MB } from '../../engine/units.js';
import { fault, numberText, type Range, type Reading, read, shown, within } from './reading.js';

const UNITS = [
  ['GB', GB],
  ['MB', MB],
  ['KB', KB],
  ['B', 1],
] as const;
const BYTES_OF: ReadonlyMap<string, Bytes> = new Map(UNITS);
const SIZE = /^(\d+(?:\.\d+)?)(GB|MB|KB|B)$/;
const LOOSE_SIZE = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?(?:ytes?)?$/i;

export const SIZE_PATTERN = SIZE.source;

/** Bytes, whole (a fraction is rounded), held to `range`. */
export function readSize(raw: unknown, range: Range = {}): Reading<Bytes> {
  const bytes = bytesOf(raw, 'such as 4KB, 128MB or 1GB');
  return bytes.ok ? within(Math.round(bytes.value), range, shown(raw), sizeText) : bytes;
}

/** MB, whole; a bare number is MB as in AWS's `MemorySize`. Bounds and step change with the day and are not checked here. */
export function readMemory(raw: unknown): Reading<number> {
  if (typeof raw === 'number') return wholeMb(raw, numberText(raw));
  if (typeof raw === 'string' && /^\d+$/.test(raw.trim())) return wholeMb(Number(raw), raw.trim());
  const bytes = bytesOf(raw, 'such as 512MB or 2GB');
  return bytes.ok ? wholeMb(bytes.value / MB, shown(raw)) : bytes;
}

function wholeMb(mb: number, text: string): Reading<number> {
  if (mb <= 0) return fault('below-minimum', `${text} of memory is nothing to run in`, 'such as 512MB');
  if (!Number.isInteger(mb))
    return fault('bad-size', `${text} is not a whole number of MB`, `write ${Math.max(1, Math.round(mb))}MB`);
  return read(mb);
}

function bytesOf(raw: unknown, example: string): Reading<number> {
  if (typeof raw === 'number') {
    const text = numberText(raw);
    if (raw < 0) return fault('below-minimum', `${text} is negative`, example);
    return fault('missing-unit', `${text} has no unit`, `write ${text}KB, ${text}MB or ${text}GB`);
  }
  if (typeof raw !== 'string') return fault('wrong-type', `a size is wanted, not ${shown(raw)}`, example);
  const text = raw.trim();
  const match = SIZE.exec(text);
  if (match !== null) return read(Number(match[1]) * BYTES_OF.get(match[2]!)!);
  if (text.startsWith('-')) return fault('below-minimum', `${shown(text)} is negative`, example);
  const loose = LOOSE_SIZE.exec(text);
  if (loose === null) return fault('bad-size', `${shown(text)} is not a size`, example);
  const amount = loose[1]!;
  if (loose[2] === '' && !/b/i.test(text)) {
    return fault('missing-unit', `${shown(text)} has no unit`, `write ${amount}KB, ${amount}MB or ${amount}GB`);
  }
  return fault('bad-size', `${shown(text)} is not a size`, `write ${amount}${loose[2]!.toUpperCase()}B`);
}

/** The largest unit that needs at most two decimals and reads back as the same size. */
export function sizeText(bytes: Bytes): string {
  for (const [unit, size] of UNITS) {
    const amount = bytes / size;
    if (bytes >= size && Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-9)
      return `${numberText(amount)}${unit}`;
  }
  return `${numberText(bytes)}B`;
}

export function memoryText(mb: number): string {
  return `${numberText(mb)}MB`;
}
