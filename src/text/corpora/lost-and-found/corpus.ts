import { createRng } from '../../../core/rng.ts';
import { createTurns } from '../../../core/turns.ts';
import type { Corpus } from '../../corpus.ts';
import { functionWords } from './grammar.ts';
import { drawStory } from './story.ts';

const storyCount = 2000;
const daysPerStory = 8;

export const corpus: Corpus = {
  id: 'lost-and-found',
  title: 'Lost and found',
  summary: 'Stories drawn from a small grammar: the best possible loss can be proved.',
  licence: 'CC0 1.0',
  origin: 'Made for this project.',
  vocabularySize: 192,
  functionWords,
  async text() {
    const { next } = createRng('lost-and-found');
    const turns = createTurns();
    const stories: string[] = [];
    while (stories.length < storyCount) {
      stories.push(drawStory(next, daysPerStory).join('\n'));
      await turns();
    }
    return stories.join('\n\n');
  },
  exact: async (vocabulary) => (await import('./exact.ts')).createExact(vocabulary),
};
