import type { Vocabulary } from './document.ts';

/** How a reader sees a token: a word as it is written, whatever mark the tokenizer puts in front of it. */
export const shownToken = ({ tokens, shown }: Pick<Vocabulary, 'tokens' | 'shown'>, id: number | undefined): string =>
  (shown ?? tokens)[id ?? -1] ?? '?';
