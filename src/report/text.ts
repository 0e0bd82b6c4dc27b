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

/** Letters of East Asia and pictures take two columns of a terminal (Unicode Standard Annex 11, classes W and F). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Marks on the letter before; but the one that makes a sign a picture widens it. */
const NONE = /(?!\ufe0f)[\p{Mn}\p{Me}]/u;

/** Columns that a terminal needs for a line of printable text. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Filled up with spaces to so many columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** At most `width` columns, cut in the middle: ids often differ at either end. `width` is at least 1. */
export function shortened(text: string, width: number): string {
  // No text has more columns than twice its length.
  if (2 * text.length <= width || columnsOf(text) <= width) return text;
  const characters = [...text];
  const head = begin(characters, Math.ceil((width - 1) / 2));
  const tail = begin(characters.reverse(), width - 1 - columnsOf(head.join('')));
  return `${head.join('')}…${tail.reverse().join('')}`;
}

/** As many characters as have room. */
function begin(characters: readonly string[], width: number): string[] {
  let room = width;
  let count = 0;
  while (count < characters.length && room >= columnsOf(characters[count]!)) room -= columnsOf(characters[count++]!);
  return characters.slice(0, count);
}

/** Lines of at most `width` columns, broken at spaces; a longer word is broken where it must be. `width` is at least 2. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(/\s+/)) {
    let rest = word;
    if (line !== '' && columnsOf(line) + 1 + columnsOf(rest) > width) {
      lines.push(line);
      line = '';
    }
    while (columnsOf(rest) > width) {
      const piece = begin([...rest], width).join('');
      lines.push(piece);
      rest = rest.slice(piece.length);
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

/**
 * Where GitHub makes links, mentions and numbers of issues of plain text: the `://` and `www.` of an address, the `@` of a
 * person or a mailbox, the `#` or `GH-` of an issue. It looks for them when backslashes are gone; an empty comment keeps them apart
 * (github/cmark-gfm, issue 181).
 */
const LINKING =
  /(?<=:)(?=\/\/)|(?<=\bwww)(?=\.)|(?<=(?<!\w)@)(?=\w)|(?<=@)(?=[\w-]+\.)|(?<=#)(?=\d)|(?<=\bGH)(?=-\d)/gi;
const BREAK = '<!---->';

/** Columns of a sentence and of a name in Markdown; what is longer buries the rest. */
const LONGEST_SENTENCE = 600;
const LONGEST_NAME = 200;

/** Prose inside Markdown, tables included. */
export function markdownText(text: string): string {
  return shortened(oneLine(text), LONGEST_SENTENCE)
    .split(LINKING)
    .map((part) =>
      part.replace(/[\\`*_[\]<>|~#&]/g, (character) =>
        character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`,
      ),
    )
    .join(BREAK);
}

/** A code span inside Markdown, tables included. */
export function markdownCode(text: string, longest = LONGEST_NAME): string {
  const line = shortened(oneLine(text), longest);
  if (line === '') return '';
  let fence = '`';
  while (line.includes(fence)) fence += '`';
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`;
}
