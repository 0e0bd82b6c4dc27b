/** HTML that cannot be made by accident: what is put between tags is escaped unless it is Markup already. */
import { oneLine, printable, shortened } from '../text.js';

export class Markup {
  constructor(readonly text: string) {}
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** A template whose holes are escaped. Holes stand between tags or inside double quotes, nowhere else. */
export function markup(parts: TemplateStringsArray, ...holes: readonly Content[]): Markup {
  let text = parts[0]!;
  holes.forEach((hole, index) => {
    text += textOf(hole) + parts[index + 1];
  });
  return new Markup(text);
}

export const NOTHING = new Markup('');

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (content === null || content === undefined || content === false) return '';
  if (Array.isArray(content)) return content.map(textOf).join('');
  return escaped(String(content));
}

function escaped(text: string): string {
  // A lone surrogate is no character: an encoder would replace it, and the page differ from its file.
  return printable(text)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Longer names are cut in the middle, with the whole in a tooltip: nobody reads them, and they would bury the rest. */
const LONGEST_NAME = 80;

/** Text of somebody else, kept from turning the direction of what stands around it. */
export function name(text: string): Markup {
  return named(text, (short) => short);
}

/** A name or a path, which breaks at its dots before it breaks anywhere else. */
export function code(text: string): Markup {
  const parts = (short: string) =>
    short.split(/(?<=\.)(?=[a-z])/i).map((part, index) => [index > 0 && new Markup('<wbr>'), part]);
  return markup`<code>${named(text, parts)}</code>`;
}

function named(text: string, content: (short: string) => Content): Markup {
  const line = oneLine(text);
  const short = shortened(line, LONGEST_NAME);
  if (short === line) return markup`<bdi>${content(line)}</bdi>`;
  return markup`<bdi title="${shortened(line, 1000)}">${content(short)}</bdi>`;
}

/** A command to type: whole, however long. */
export function command(text: string): Markup {
  return markup`<code>${prose(text)}</code>`;
}

/** A sentence, whole. */
export function prose(text: string): Markup {
  return markup`<bdi>${shortened(oneLine(text), 2000)}</bdi>`;
}

/** A place to link to, whatever the text holds. */
export function anchor(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
