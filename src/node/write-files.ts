/**
 * Several files, written whole or not at all. Everything is first written beside its target, into a folder of its own on
 * the same file system; then it is moved over in one go that no signal can cut, and moved back if a move fails. Only a
 * crash of the machine within the moves could leave a mixture.
 */
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FileError, fileError } from './file-error.js';

export interface OutputFile {
  readonly path: string;
  /**
   * Pieces are asked for one by one, so that a file may be larger than memory. `written` is the path of a file that is
   * complete already, in a staging folder of the same target: it is moved.
   */
  readonly content: string | Iterable<string> | { readonly written: string };
}

/**
 * Writes all files, making folders where needed. Throws FileError when one cannot be written and the signal's reason
 * when it is aborted; in both cases every older file is as it was and nothing is left behind.
 */
export async function writeFiles(files: readonly OutputFile[], signal?: AbortSignal): Promise<void> {
  const staging = new Map<string, string>();
  try {
    const staged: { from: string; to: string }[] = [];
    for (const file of files) {
      const to = resolve(file.path);
      const from = join(stagingFolder(staging, to), `${staged.length}`);
      await writeWhole(from, file, signal);
      staged.push({ from, to });
    }
    signal?.throwIfAborted();
    moveAll(staged);
  } finally {
    for (const folder of staging.values()) rmSync(folder, { recursive: true, force: true });
  }
}

/** Throws FileError when `folder` could not be written to, before hours of work would be lost to it. Makes nothing. */
export function assertWritable(folder: string): void {
  const staging = new Map<string, string>();
  try {
    stagingFolder(staging, join(resolve(folder), 'results.json'));
  } finally {
    for (const made of staging.values()) rmSync(made, { recursive: true, force: true });
  }
}

function stagingFolder(staging: Map<string, string>, target: string): string {
  const existing = nearestFolder(target);
  let folder = staging.get(existing);
  if (folder === undefined) {
    folder = makeStagingFolder(target, 'files');
    staging.set(existing, folder);
  }
  return folder;
}

/**
 * A fresh folder in the nearest folder above `target` that exists: a move from there stays on one file system. One for each
 * `purpose`. Throws FileError.
 */
export function makeStagingFolder(target: string, purpose: string): string {
  const existing = nearestFolder(target);
  const folder = join(existing, `.lambdasim-${purpose}-${process.pid}`);
  try {
    if (!statSync(existing).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  } catch (error) {
    throw fileError('write', target, error);
  }
  return folder;
}

function nearestFolder(target: string): string {
  let existing = dirname(resolve(target));
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  return existing;
}

async function writeWhole(path: string, file: OutputFile, signal: AbortSignal | undefined): Promise<void> {
  let handle: number | undefined;
  try {
    if (typeof file.content === 'object' && 'written' in file.content) {
      renameSync(file.content.written, path);
      return;
    }
    handle = openSync(path, 'wx');
    if (typeof file.content === 'string') {
      writeText(handle, file.content);
    } else {
      for (const piece of file.content) {
        writeText(handle, piece);
        await nextTurn();
        signal?.throwIfAborted();
      }
    }
    closeSync(handle);
    handle = undefined;
  } catch (error) {
    throw isSystemError(error) ? fileError('write', file.path, error) : error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** A write may take less than it was given. */
export function writeText(handle: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
}

function moveAll(staged: readonly { from: string; to: string }[]): void {
  const undo: (() => void)[] = [];
  let current = '';
  try {
    for (const { from, to } of staged) {
      current = to;
      const made = mkdirSync(dirname(to), { recursive: true });
      if (made !== undefined) undo.push(() => rmSync(made, { recursive: true, force: true }));
      if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) {
        if (statSync(to, { throwIfNoEntry: false })?.isDirectory())
          throw Object.assign(new Error(), { code: 'EISDIR' });
        const old = `${from}.old`;
        renameSync(to, old);
        undo.push(() => renameSync(old, to));
      }
      renameSync(from, to);
      undo.push(() => rmSync(to, { force: true }));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw isSystemError(error) ? fileError('write', current, error) : error;
  }
}

function isSystemError(error: unknown): boolean {
  return !(error instanceof FileError) && error instanceof Error && 'code' in error && typeof error.code === 'string';
}
