#!/usr/bin/env node
/** The entry of the command line. The version is answered before anything else is loaded: scripts ask for it often. */
import { programName } from '../node/program.js';

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.on('error', () => {});
  process.stdout.write(`${programName().version}\n`);
} else {
  const { commandLine } = await import('./command-line.js');
  process.exitCode = await commandLine(argv);
}
