import type { Noising } from '../../../src/objectives/objective.ts';
import { facts } from './facts.ts';

/** No position bears loss but those asked for. */
const ignore = -100;

interface EchoDraws {
  readonly place: number;
  readonly chance: number;
}

/** The smallest noising there can be: one token is asked for, and nothing is hidden. Only the test next door adds it. */
export const objective: Noising<{ readonly first: boolean }, EchoDraws> = {
  ...facts,
  draw({ ids }, { first }, _vocabulary, rng) {
    const from = first ? 1 : ids.length - 2;
    return { place: 1 + rng.int(from), chance: 1 / from };
  },
  apply: ({ ids, segments }, { place }) => ({
    inputIds: ids,
    segments,
    labels: ids.map((id, position) => (position === place ? id : ignore)),
  }),
  explain: (_input, { place }) => [{ position: place, kind: 'asked', text: 'asked for as it stands' }],
  decisions: ({ ids }, { place, chance }, vocabulary) => [
    { question: 'Which token?', answer: vocabulary.tokens[ids[place] ?? 0] ?? '', position: place, chance },
  ],
  upTo: (draws) => draws,
  redraw(input, _draws, _at, options, vocabulary, rng) {
    return this.draw(input, options, vocabulary, rng);
  },
  slots: () => 1,
};
