/** Shows a file in whatever the user's system opens it with. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Resolves to whether something took the file; it goes on by itself. */
export function openInBrowser(path: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [command = 'xdg-open', ...args] = OPENERS[platform] ?? ['xdg-open'];
  return new Promise((answer) => {
    const child = spawn(command, [...args, resolve(path)], { detached: true, stdio: 'ignore' });
    child.once('error', () => answer(false));
    child.once('spawn', () => {
      child.unref();
      answer(true);
    });
  });
}
