import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

/** What the model is asked; its files stay with the visitor and stand in no address. */
export interface LookState {
  /** Empty: the usual one. */
  readonly sentence: string;
  /** Places of the packed sentence that are hidden; absent: the usual one. */
  readonly hidden?: readonly number[] | undefined;
}

const longestSentence = 600;

export const page: PageEntry<LookState> = {
  link: { label: 'Look', order: 3 },
  decode(pieces, query, problems) {
    if (pieces.length > 0) return undefined;
    const sentence = query.get('sentence') ?? '';
    // Formerly it was called as what a link leaves out is.
    const hidden = query.get('holes') ?? query.get('hide');
    const areHidden = hidden === null || /^(\d{1,3}(\.\d{1,3}){0,63})?$/.test(hidden);
    if (sentence.length > longestSentence)
      problems.push(`sentence must be at most ${longestSentence} characters long. It is left out.`);
    if (!areHidden) problems.push('holes must be whole numbers with dots between them. It is left out.');
    return {
      sentence: sentence.length > longestSentence ? '' : sentence,
      hidden: areHidden && hidden !== null ? hidden.split('.').filter(Boolean).map(Number) : undefined,
    };
  },
  encode({ sentence, hidden }) {
    const query = new URLSearchParams();
    if (sentence !== '') query.set('sentence', sentence);
    if (hidden) query.set('holes', hidden.join('.'));
    return writeAddress(['look'], query);
  },
};
