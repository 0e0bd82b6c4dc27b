/** `lambdasim/node`: what needs files and threads, on top of the library that runs anywhere. */
export { FileError } from './file-error.js';
export { Interrupted } from './interrupted.js';
export { programName } from './program.js';
export { readResults } from './read-results.js';
export { readScenario, type ScenarioChanges } from './read-scenario.js';
export { readTimeline } from './read-timeline.js';
export { RunFault } from './run-fault.js';
export { type RunOptions, type RunProgress, runScenario, type ScenarioRuns } from './run-scenario.js';
export { type OutputFile, writeFiles } from './write-files.js';
export { defaultFolder, type ReportFiles, writeReport } from './write-report.js';
