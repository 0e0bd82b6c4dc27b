/** Colours of a terminal, or none: NO_COLOR and --no-color win, then FORCE_COLOR, then whether it is a terminal at all. */
import picocolors from 'picocolors';
import type { Palette } from '../report/palette.js';

export function paletteFor(
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
): Palette {
  const { bold, dim, red, green, yellow } = picocolors.createColors(wantsColour(stream, env, argv));
  return { bold, dim, red, green, yellow };
}

function wantsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv, argv: readonly string[]): boolean {
  if (argv.includes('--no-color') || (env.NO_COLOR ?? '') !== '') return false;
  const forced = env.FORCE_COLOR ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
