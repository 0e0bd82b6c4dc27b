/**
 * The two streams of a command line. What a command was asked for goes to standard output; progress, warnings and
 * problems go to standard error. A reader that closes its end early is no error: the rest is dropped without a word.
 */
import type { Palette } from '../report/palette.js';

export interface Output {
  /** Text as it is, newline included. */
  print(text: string): void;
  /** One line or more to standard error, newline added. */
  tell(text: string): void;
  /** Replaces the progress line, on a terminal; elsewhere nothing. An empty text clears it. */
  progress(text: string): void;
  readonly showsProgress: boolean;
  readonly palette: Palette;
  /** Resolves when everything has been handed to the system or dropped; with why standard output could not take it, if so. */
  flushed(): Promise<NodeJS.ErrnoException | undefined>;
}

export function outputOf(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, palette: Palette): Output {
  const out = quietStream(stdout);
  const err = quietStream(stderr);
  const showsProgress = stderr.isTTY === true;
  let progressShown = false;
  const clear = () => {
    if (progressShown) err.write('\r\u001b[K');
    progressShown = false;
  };
  return {
    palette,
    showsProgress,
    print(text) {
      clear();
      out.write(text);
    },
    tell(text) {
      clear();
      err.write(`${text}\n`);
    },
    progress(text) {
      if (!showsProgress) return;
      clear();
      if (text === '') return;
      err.write(text.slice(0, Math.max(20, (stderr.columns || 80) - 1)));
      progressShown = true;
    },
    async flushed() {
      await Promise.all([out.flushed(), err.flushed()]);
      return out.fault();
    },
  };
}

function quietStream(stream: NodeJS.WriteStream) {
  let closed = false;
  let fault: NodeJS.ErrnoException | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') fault ??= error;
  });
  return {
    fault: () => fault,
    write(text: string) {
      if (!closed) stream.write(text);
    },
    flushed: () =>
      new Promise<void>((resolve) => {
        if (closed || stream.writableLength === 0) return resolve();
        stream.once('error', () => resolve());
        stream.once('close', () => resolve());
        stream.write('', () => resolve());
      }),
  };
}
