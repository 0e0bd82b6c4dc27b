/**
 * Text from a scenario made fit for where it is printed. A name or a threshold may hold anything; none of it may move a
 * cursor, turn the reading direction or end a Markdown table.
 */

// Control characters, line and paragraph separators, and the marks that turn the direction of the text after them.
const UNPRINTABLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

/** The text without what no reader sees and what would turn the text around it. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}

/** One line of printable text. */
export function oneLine(text: string): string {
  return printable(text).trim();
}

/** At most `width` characters, cut in the middle: ids often differ at either end. `width` is at least 1. */
export function shortened(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  const tail = width - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/** Lines of at most `width` characters, broken at spaces; a longer word is broken where it must be. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(/\s+/)) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length > width) {
      lines.push(line);
      line = '';
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = line === '' ? rest : `${line} ${rest}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** An argument as a POSIX shell has to read it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Prose inside Markdown, tables included. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|~#&]/g, (character) =>
    character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}

/** A code span inside Markdown, tables included. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  let fence = '`';
  while (line.includes(fence)) fence += '`';
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`;
}
