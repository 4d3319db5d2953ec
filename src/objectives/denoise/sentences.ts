import type { Vocabulary } from '../../text/document.ts';

/** A sentence as places `start` … `end` − 1. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The marks that end a sentence, and those that may close behind them. */
export const stop = /^[.!?…]+$/;
export const closing = /^["'”’)\]]+$/;

/**
 * Sentences between the first and the last token: each ends with a full stop, question or exclamation mark and the
 * quotes that close there, or at a special token; what is left at the end is a sentence too.
 */
export function sentencesOf(ids: readonly number[], vocabulary: Vocabulary): Stretch[] {
  const found: Stretch[] = [];
  let start = 1;
  let isOver = false;
  const end = (at: number) => {
    if (at > start) found.push({ start, end: at });
    isOver = false;
  };
  for (let i = 1; i < ids.length - 1; i++) {
    const token = vocabulary.textOf?.([ids[i]!]) ?? vocabulary.tokens[ids[i]!]!;
    if (vocabulary.isSpecial(ids[i]!) && ids[i] !== vocabulary.unknownId) {
      end(i);
      start = i + 1;
      continue;
    }
    if (isOver && !stop.test(token) && !closing.test(token)) {
      end(i);
      start = i;
    }
    if (stop.test(token)) isOver = true;
  }
  end(ids.length - 1);
  return found;
}

/**
 * The published rule: a sentence ends at a full stop whose neighbour on the left is none, or at the last real token;
 * a single token behind the last full stop is no sentence and stays.
 */
export function publishedSentences(ids: readonly number[], fullStop: number | undefined): Stretch[] {
  const isStop = ids.map((id) => id === fullStop);
  isStop[ids.length - 2] = true;
  const found: Stretch[] = [];
  let start = 1;
  for (let i = 1; i < ids.length - 1; i++) {
    if (!isStop[i] || isStop[i - 1]) continue;
    found.push({ start, end: i + 1 });
    start = i + 1;
  }
  return found;
}
