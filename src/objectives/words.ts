import type { Vocabulary } from '../text/document.ts';

/** Which ids may stand in for a token: made once for a vocabulary. */
function idsWhere(isOpen: (id: number, vocabulary: Vocabulary) => boolean) {
  const kept = new WeakMap<Vocabulary, readonly number[]>();
  return (vocabulary: Vocabulary): readonly number[] => {
    const known = kept.get(vocabulary);
    if (known) return known;
    const ids = Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => isOpen(id, vocabulary));
    kept.set(vocabulary, ids);
    return ids;
  };
}

/** Ids that are no special token: what a word may be replaced by. */
export const ordinaryIds = idsWhere((id, vocabulary) => !vocabulary.isSpecial(id));

/**
 * What RoBERTa's code puts in at random: no special token but `<mask>`, which its dictionary adds behind all words.
 * Liu et al. 2019, fairseq: `MaskTokensDataset`.
 */
export const robertaIds = idsWhere((id, vocabulary) => id === vocabulary.maskId || !vocabulary.isSpecial(id));

/** What BART's code puts in at random: anything but `<s>`, its first id. Lewis et al. 2020, fairseq. */
export const bartIds = idsWhere((id, vocabulary) => id !== vocabulary.classifyId);

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
