/**
 * YAML 1.2 to a Tree with positions, strictly: one document, text keys, no tags but YAML's own, no duplicate keys, aliases
 * and merge keys within a budget. Nothing is known of scenarios here.
 */
import { LineCounter, parseDocument } from 'yaml';
import type { ProblemList } from './problem-list.js';
import { type Fault, shown } from './quantities/reading.js';
import type { Tree } from './tree.js';
import { placeAt, TreeReader } from './tree-reader.js';
import { guardText } from './yaml-guard.js';

const MOST_SYNTAX_ERRORS = 100;

/** The tree of the file, or undefined when nothing of it can be used; either way the problems are in `problems`. */
export function parseYaml(text: string, fileName: string, problems: ProblemList): Tree | undefined {
  const lines = new LineCounter();
  const refused = guardText(text);
  if (refused !== undefined) {
    const before = text.slice(0, refused.offset);
    const line = before.split('\n').length;
    problems.add({ file: fileName, line, column: refused.offset - before.lastIndexOf('\n') }, [], refused);
    return undefined;
  }
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    // The reader's own check compares each key with all others; duplicates are found while the tree is built.
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: false,
    lineCounter: lines,
    logLevel: 'error',
  });
  const report = (offset: number, fault: Fault): void => problems.add(placeAt(lines, fileName, offset), [], fault);
  for (const error of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    report(error.pos[0], syntaxFault(error.code, error.message));
  }
  if (document.errors.length > 0) return undefined;
  const { version } = document.directives.yaml;
  if (version !== '1.2') {
    const hint = 'remove the %YAML line: scenarios are YAML 1.2';
    report(0, { code: 'yaml-version', message: `the file asks for YAML ${version}`, hint });
    return undefined;
  }
  if (document.contents === null) {
    report(0, { code: 'empty-file', message: 'the file is empty', hint: 'start from lambdasim init' });
    return undefined;
  }
  return new TreeReader(fileName, lines, problems).read(document.contents);
}

function syntaxFault(code: string, message: string): Fault {
  if (code === 'MULTIPLE_DOCS') {
    const hint = 'remove what follows the line ---';
    return { code: 'several-documents', message: 'the file holds more than one document', hint };
  }
  return { code: 'yaml-syntax', message: sentence(message), hint: syntaxHint(code) };
}

/** The first line of the reader's message, as a sentence of ours. */
function sentence(message: string): string {
  const line = (message.split('\n')[0] ?? '').trim();
  return shown(line === '' ? 'this is not YAML' : line.charAt(0).toLowerCase() + line.slice(1), 160);
}

function syntaxHint(code: string): string {
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'BAD_INDENT') return 'align the keys of one map';
  if (code === 'MISSING_CHAR') return 'close every quote and bracket';
  return 'check the indentation, quotes and brackets near here';
}
