import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';

/** What is compared, and on what. */
export interface ChecksState {
  readonly on: 'graphics' | 'processor';
  /** Whether the references are also computed with the engine's own operations. */
  readonly plain: boolean;
}

export const page: PageEntry<ChecksState> = {
  decode(pieces, query, problems) {
    if (pieces.length > 0) return undefined;
    const on = query.get('on');
    if (on !== null && on !== 'processor')
      problems.push(
        `The address asks to check on "${on}"; what there is to choose is the graphics card or "processor".`,
      );
    return { on: on === 'processor' ? 'processor' : 'graphics', plain: query.get('plain') === 'yes' };
  },
  encode: ({ on, plain }) =>
    writeAddress(
      ['checks'],
      new URLSearchParams({ ...(on === 'processor' && { on }), ...(plain && { plain: 'yes' }) }),
    ),
};
