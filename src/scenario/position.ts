/** Where a setting of a scenario stands, for problems that are found after the scenario was read. */
import { parseYaml } from './parse.js';
import { type ParseOptions, replacementsOf } from './parse-scenario.js';
import { patchTree } from './patch.js';
import { ProblemList } from './problem-list.js';
import { type Path, type Place, placeOf } from './tree.js';

/** The value of a setting, the flag that set it, or the nearest parent of one that is not written; 1:1 when the text is no YAML. */
export function positionOf(text: string, path: Path, options: ParseOptions = {}): Place {
  const file = options.fileName ?? 'scenario.yaml';
  const unheard = new ProblemList(file);
  const tree = parseYaml(text, file, unheard);
  return tree === undefined
    ? { file, line: 1, column: 1 }
    : placeOf(patchTree(tree, replacementsOf(options), unheard), path);
}
