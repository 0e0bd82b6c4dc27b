/** Lines that speak of something else than the project as it is: the machine somebody worked on, work put off. */

const FOLDERS = ['home', 'root', 'tmp', 'work', 'Users', 'mnt'].join('|');
const MACHINE_PATH = new RegExp(`(^|[\\s'"\`(=:])(/(${FOLDERS})/|[A-Z]:\\\\\\\\?Users)`);
const REGISTRY = new RegExp(`${'https?:'}//(registry|deb)\\.`);

const PROMISE = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);

/** Lines with a path of somebody's machine, or an address of a package registry. */
export function machinePaths(path: string, text: string): string[] {
  return linesOf(path, text, (line) => MACHINE_PATH.test(line) || REGISTRY.test(line));
}

/** Lines that put work off. */
export function promises(path: string, text: string): string[] {
  return linesOf(path, text, (line) => PROMISE.test(line));
}

/** `path:line` and the beginning of each line that `matches`. */
function linesOf(path: string, text: string, matches: (line: string) => boolean): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
    .filter(({ line }) => matches(line))
    .map(({ line, at }) => `${at} ${line.trim().slice(0, 100)}`);
}
