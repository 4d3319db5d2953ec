import type { Run, Settings } from './run.ts';
import { runFrom } from './settings.ts';

/** The run of one arm and seed. */
export const runOf = (
  { base }: { readonly base: Settings },
  { change }: { readonly change: Settings },
  seed: string,
): Run => runFrom({ ...base, ...change, seed });
