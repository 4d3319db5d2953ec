import type { ComponentProps } from 'svelte';
import type TokenStrip from '../TokenStrip.svelte';

/** BERT's example after noise: twelve of eighty chances at work in one pair of sentences. */
const pair = [
  { token: '[CLS]', special: true, segment: 0 },
  { token: 'my', segment: 0 },
  { token: 'dog', segment: 0 },
  { token: '[MASK]', mark: 'hidden', original: 'is', scored: true, segment: 0, detail: 'Chosen, then hidden (80 %).' },
  {
    token: 'apple',
    mark: 'replaced',
    original: 'hairy',
    scored: true,
    segment: 0,
    detail: 'Chosen, then replaced at random (10 %).',
  },
  { token: '[SEP]', special: true, segment: 0 },
  { token: 'he', segment: 1, startsDocument: true },
  { token: 'likes', mark: 'kept', scored: true, segment: 1, detail: 'Chosen, then kept (10 %).' },
  { token: 'play', segment: 1 },
  { token: '[MASK]', mark: 'hidden', original: '##ing', scored: true, segment: 1 },
  { token: '[SEP]', special: true, segment: 1 },
] as const;

export const specimens: Readonly<Record<string, ComponentProps<typeof TokenStrip>>> = {
  'masked pair': { chips: pair, width: 760, numbered: true, current: 4 },
  'masked pair, narrow': { chips: pair, width: 320, numbered: true },
  'on a projector': { chips: pair, width: 1200, size: 28 },
  'generator at work': {
    width: 640,
    chips: [
      { token: 'the', scored: true },
      { token: 'chef', scored: true },
      { token: 'ate', mark: 'substituted', original: 'cooked', scored: true },
      { token: 'the', scored: true },
      { token: 'meal', mark: 'kept', original: 'meal', scored: true },
    ],
  },
  'text denoised': {
    width: 640,
    chips: [
      { token: 'a' },
      { token: 'b', mark: 'removed' },
      { token: '[MASK]', mark: 'hidden', original: 'c d' },
      { token: '[MASK]', mark: 'inserted' },
      { token: 'e' },
      { token: 'g', mark: 'moved', from: 7 },
      { token: 'f' },
      { token: 'h' },
    ],
  },
  untouched: { width: 400, chips: [{ token: 'nothing' }, { token: 'happened' }] },
};
