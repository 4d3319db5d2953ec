import type { Vocabulary } from '../../text/document.ts';
import type { Sequence } from '../objective.ts';
import type { MlmOptions } from './options.ts';

/** Places that are hidden together: one token, a word, or a run of words. */
export type Unit = readonly number[];

/** Places that may be asked for. In reference mode as in each source: Devlin et al. 2019 and Liu et al. 2019. */
function isCandidate(id: number, { mode, count }: MlmOptions, vocabulary: Vocabulary): boolean {
  if (mode === 'clean') return !vocabulary.isSpecial(id);
  if (count === 'rounded') return id !== vocabulary.padId;
  if (count === 'independent') return !vocabulary.isSpecial(id);
  return id !== vocabulary.classifyId && id !== vocabulary.separateId && id !== vocabulary.padId;
}

/**
 * The candidates of a sequence, pieces joined to words when words are hidden whole. In reference mode a piece at the
 * start of a segment joins the last word of the segment before, as in the published code; in clean mode it is a
 * word of its own.
 */
export function units({ ids }: Sequence, options: MlmOptions, vocabulary: Vocabulary): Unit[] {
  const found: number[][] = [];
  ids.forEach((id, position) => {
    if (!isCandidate(id, options, vocabulary)) return;
    const last = found[found.length - 1];
    const touches = last !== undefined && (options.mode === 'reference' || last[last.length - 1] === position - 1);
    if (options.wholeWords && touches && vocabulary.continues(id)) last.push(position);
    else found.push([position]);
  });
  return found;
}

/** `size` units from `start` on, fewer at the end; in clean mode they also end where the run of text ends. */
export function runOf(all: readonly Unit[], start: number, size: number, { mode }: MlmOptions): Unit {
  const run: number[] = [...all[start]!];
  for (let k = start + 1; k < Math.min(start + size, all.length); k++) {
    if (mode === 'clean' && all[k]![0] !== run[run.length - 1]! + 1) break;
    run.push(...all[k]!);
  }
  return run;
}
