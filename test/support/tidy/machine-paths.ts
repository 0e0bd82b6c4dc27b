/** Lines that speak of the machine somebody worked on rather than of the project. */

const FOLDERS = ['home', 'root', 'tmp', 'work', 'Users', 'mnt'].join('|');
const MACHINE_PATH = new RegExp(`(^|[\\s'"\`(=:])(/(${FOLDERS})/|[A-Z]:\\\\\\\\?Users)`);
const REGISTRY = new RegExp(`${'https?:'}//(registry|deb)\\.`);

/** `path:line` of each such line of a text. */
export function machinePaths(path: string, text: string): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
    .filter(({ line }) => MACHINE_PATH.test(line) || REGISTRY.test(line))
    .map(({ line, at }) => `${at} ${line.trim().slice(0, 100)}`);
}
