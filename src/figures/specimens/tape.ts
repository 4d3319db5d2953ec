import type { ComponentProps } from 'svelte';
import type Tape from '../Tape.svelte';

const decisions = [
  { question: 'Which position comes first?', answer: '4 (hairy)', position: 4, chance: 1 / 8 },
  { question: 'Mask, random or keep?', answer: 'random', position: 4, chance: 0.1 },
  { question: 'Which substitute?', answer: 'apple', position: 4, chance: 1 / 600 },
  { question: 'Which position comes next?', answer: '3 (is)', position: 3, chance: 1 / 7 },
  { question: 'Mask, random or keep?', answer: 'mask', position: 3, chance: 0.8 },
  { question: 'Which position comes next?', answer: '7 (likes)', position: 7, chance: 1 / 6 },
  { question: 'Mask, random or keep?', answer: 'keep', position: 7, chance: 0.1 },
  { question: 'Which position comes next?', answer: '9 (##ing)', position: 9, chance: 1 / 5 },
  { question: 'Mask, random or keep?', answer: 'mask', position: 9, chance: 0.8 },
] as const;
/** More than can all be in sight. */
const many = [...decisions, ...decisions];
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof Tape>>> = {
  'all in sight': { decisions, at: 5, width: 760, onscrub: nothing, onpick: nothing, onredraw: nothing },
  'at the start': { decisions, at: 0, width: 760, onscrub: nothing },
  'long, in the middle': { decisions: many, at: 9, width: 760, onscrub: nothing, onpick: nothing, onredraw: nothing },
  'between two draws': { decisions: many, at: 6.4, width: 760 },
  'at the end, narrow': { decisions, at: 9, width: 330, onscrub: nothing, onredraw: nothing },
  'three draws': { decisions: decisions.slice(0, 3), at: 2, width: 760, onscrub: nothing, onredraw: nothing },
};
