/**
 * Refuses texts that would cost a YAML reader more than they are worth, before one is built: too large, not text, nested
 * too deep. Aliases are counted where they are followed, in the reader itself.
 */
import { Lexer } from 'yaml';
import type { Fault } from './quantities/reading.js';

export const DEEPEST = 64;
const LARGEST_BYTES = 1_048_576;
/** Words and marks of YAML; a scenario of a thousand functions has about 50,000. More than this take the parser over a second. */
const MOST_TOKENS = 200_000;

export interface TextFault extends Fault {
  /** Offset in the text; 0 for the file as a whole. */
  readonly offset: number;
}

/** The first reason not to read the text, or undefined. */
export function guardText(text: string): TextFault | undefined {
  if (text.length > LARGEST_BYTES || utf8Length(text) > LARGEST_BYTES) {
    return {
      code: 'file-too-large',
      message: 'the file is larger than 1 MB',
      hint: 'keep long series in a CSV file and name it with trace: or samples:',
      offset: 0,
    };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return {
      code: 'nul-character',
      message: 'the file holds a NUL character',
      hint: 'save it as UTF-8 text',
      offset: nul,
    };
  const replaced = text.search(/\uFFFD|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
  if (replaced >= 0)
    return {
      code: 'invalid-utf8',
      message: 'the file is not valid UTF-8',
      hint: 'save it as UTF-8 text',
      offset: replaced,
    };
  return guardDepth(text);
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}

/**
 * Depth by brackets, by indentation, and by the marks `-`, `?` and `:` that open a level on one line. The parser behind it
 * calls itself once a level and would overflow the stack; the exact depth is checked when the tree is built.
 */
function guardDepth(text: string): TextFault | undefined {
  let offset = 0;
  let brackets = 0;
  let marks = 0;
  let atLineStart = true;
  const indents: number[] = [];
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) {
      const message = `the file has more than ${MOST_TOKENS} words and marks`;
      return { code: 'file-too-large', message, hint: 'split it into scenarios of fewer resources', offset: 0 };
    }
    const first = token.charCodeAt(0);
    const isSpace = first === SPACE && token.trim() === '';
    if (atLineStart && brackets === 0 && first !== LINE_FEED && first !== CARRIAGE_RETURN && first !== HASH) {
      const indent = isSpace ? token.length : 0;
      while (indents.length > 0 && indents[indents.length - 1]! >= indent) indents.pop();
      indents.push(indent);
      atLineStart = false;
    }
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    else if (brackets === 0 && (token === '-' || token === '?' || token === ':')) marks++;
    else if (first === LINE_FEED || first === CARRIAGE_RETURN) {
      marks = 0;
      atLineStart = true;
    }
    if (brackets > DEEPEST || indents.length > DEEPEST || marks > DEEPEST) return tooDeep(offset);
    // Marks of the lexer that are not text: byte order mark, document, scalar, end of flow.
    if (first !== 0x02 && first !== 0x1f && first !== 0x18) offset += token.length;
  }
  return undefined;
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const HASH = 0x23;

export function tooDeep(offset: number): TextFault {
  return {
    code: 'too-deep',
    message: `the file is nested deeper than ${DEEPEST} levels`,
    hint: 'a scenario needs fewer than 10',
    offset,
  };
}
