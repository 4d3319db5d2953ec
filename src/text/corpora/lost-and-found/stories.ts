import { createRng } from '../../../core/rng.ts';
import { createTurns } from '../../../core/turns.ts';
import type { Chance } from './story.ts';

const storyCount = 2000;
const daysPerStory = 8;

/** A text of stories, a blank line between them: always the same, whoever asks. */
export async function drawStories(draw: (chance: Chance, days: number) => readonly string[]): Promise<string> {
  const { next } = createRng('lost-and-found');
  const turns = createTurns();
  const stories: string[] = [];
  while (stories.length < storyCount) {
    stories.push(draw(next, daysPerStory).join('\n'));
    await turns();
  }
  return stories.join('\n\n');
}
