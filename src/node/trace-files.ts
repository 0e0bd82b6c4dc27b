/**
 * invocations.csv and trace.json, written while a run goes on, beside the folder they belong to; whoever writes the report
 * moves them over with it. Until then they can be thrown away.
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorder } from '../lambda/recorder.js';
import { ChromeTrace } from '../report/chrome-trace.js';
import { InvocationsCsv } from '../report/invocations-csv.js';
import { fileError } from './file-error.js';
import { makeStagingFolder, type OutputFile, writeText } from './write-files.js';

const PIECE = 1 << 16;

export interface TraceFiles {
  /** To hear the run. */
  readonly recorders: readonly Recorder[];
  /** The run is over: the files, to be moved to their places in the folder. Throws FileError. */
  finish(): readonly OutputFile[];
  /** Takes away what was not moved; as often as one likes. */
  discard(): void;
}

/** Throws FileError when nothing can be written there. */
export function traceFiles(folder: string): TraceFiles {
  const staging = makeStagingFolder(join(folder, 'trace.json'), 'trace');
  const invocations = appending(join(staging, 'invocations.csv'));
  const trace = appending(join(staging, 'trace.json'));
  const chrome = new ChromeTrace(trace.write);
  return {
    recorders: [new InvocationsCsv(invocations.write), chrome],
    finish() {
      chrome.end();
      for (const file of [invocations, trace]) file.close();
      return ['invocations.csv', 'trace.json'].map((name) => ({
        path: join(folder, name),
        content: { written: join(staging, name) },
      }));
    },
    discard() {
      for (const file of [invocations, trace]) file.close();
      rmSync(staging, { recursive: true, force: true });
    },
  };
}

/** Text is handed on in large pieces, at once: a run does not wait, and memory does not grow. */
function appending(path: string) {
  let handle: number | undefined;
  let held = '';
  const flush = () => {
    if (handle === undefined) return;
    const text = held;
    held = '';
    try {
      writeText(handle, text);
    } catch (error) {
      throw fileError('write', path, error);
    }
  };
  try {
    handle = openSync(path, 'wx');
  } catch (error) {
    throw fileError('write', path, error);
  }
  return {
    write(text: string) {
      held += text;
      if (held.length >= PIECE) flush();
    },
    close() {
      if (handle === undefined) return;
      const open = handle;
      try {
        flush();
      } finally {
        handle = undefined;
        closeSync(open);
      }
    },
  };
}
