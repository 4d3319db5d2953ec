import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

export interface HandoutState {
  readonly slug: string;
  /** Whether the answers to the questions stand behind them. */
  readonly answers: boolean;
  /** Which questions are drawn: another number, other questions. */
  readonly seed: string;
}

/** The address of the handout of a lesson. */
export const handoutAddress = ({ slug, answers, seed }: HandoutState): string => {
  const query = new URLSearchParams(answers ? 'answers=1' : '');
  if (seed !== '1') query.set('seed', seed);
  return writeAddress(['handout', slug], query);
};

export const page: PageEntry<HandoutState> = {
  decode([slug, ...more], query) {
    if (slug === undefined || more.length > 0) return undefined;
    return { slug, answers: query.get('answers') === '1', seed: query.get('seed') ?? '1' };
  },
  encode: handoutAddress,
};
