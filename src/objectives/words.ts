import type { Vocabulary } from '../text/document.ts';

const ordinary = new WeakMap<Vocabulary, readonly number[]>();

/** Ids that are no special token: what a word may be replaced by. */
export function ordinaryIds(vocabulary: Vocabulary): readonly number[] {
  const known = ordinary.get(vocabulary);
  if (known) return known;
  const ids = Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => !vocabulary.isSpecial(id));
  ordinary.set(vocabulary, ids);
  return ids;
}

/**
 * The words of a sequence as runs of places, special tokens left out. A piece that continues a word belongs to it if
 * it stands right behind it; at the start of a segment it is a word of its own.
 */
export function wordsOf(ids: readonly number[], vocabulary: Vocabulary): readonly (readonly number[])[] {
  const words: number[][] = [];
  ids.forEach((id, position) => {
    if (vocabulary.isSpecial(id)) return;
    const last = words[words.length - 1];
    if (last && last[last.length - 1] === position - 1 && vocabulary.continues(id)) last.push(position);
    else words.push([position]);
  });
  return words;
}
