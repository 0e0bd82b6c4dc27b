/** The text of a file that somebody else named: only a regular file, of a size that fits into memory, in strict UTF-8. */
import { readFile, stat } from 'node:fs/promises';
import { decodeUtf8 } from '../scenario/utf8.js';
import { errorCode } from './file-error.js';

const LARGEST_BYTES = 64 * 1024 * 1024;

export type TextOf =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  /** `message` goes on from the name of the file; with a position it is a sentence about the place. */
  | {
      readonly kind: 'unreadable';
      readonly message: string;
      readonly hint: string;
      readonly line?: number;
      readonly column?: number;
    };

/** Never throws and never waits for what may not come: a pipe or a device is not opened. */
export async function readText(path: string, largest = LARGEST_BYTES): Promise<TextOf> {
  let bytes: Uint8Array;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return unreadable('is a directory', 'name a file');
    if (!found.isFile()) return unreadable('is not a regular file', 'write its content to a file first');
    if (found.size > largest) {
      return unreadable(`is larger than ${largest / 1024 / 1024} MB`, 'use a part of it, or larger buckets');
    }
    bytes = await readFile(path);
  } catch (error) {
    return failed(error);
  }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return malformed(bytes);
  }
}

function failed(error: unknown): TextOf {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  if (code === 'EACCES' || code === 'EPERM')
    return unreadable('may not be read', 'give yourself permission to read it');
  return unreadable(`cannot be read: the system answered ${code === '' ? String(error) : code}`, '');
}

/** The fast decoder knows that the bytes are wrong, the strict one where. */
function malformed(bytes: Uint8Array): TextOf {
  const decoded = decodeUtf8(bytes);
  const place = decoded.ok ? { line: 1, column: 1 } : { line: decoded.line, column: decoded.column };
  return { ...unreadable('the file is not valid UTF-8', 'save it as UTF-8 text'), ...place };
}

function unreadable(message: string, hint: string): Extract<TextOf, { kind: 'unreadable' }> {
  return { kind: 'unreadable', message, hint };
}
