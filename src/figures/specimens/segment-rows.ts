import type { ComponentProps } from 'svelte';
import type SegmentRows from '../SegmentRows.svelte';

const story = [
  'once upon a time , suki lived in buenos aires and lost a purple whistle .',
  'at last , suki found the purple whistle',
];
const tokens = story.flatMap((sentence) => sentence.split(' '));
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof SegmentRows>>> = {
  'the last of three, one kept': {
    tokens,
    segment: 8,
    memory: 8,
    at: 2,
    marks: [13, 14, 22, 23],
    width: 720,
    onpick: nothing,
  },
  'on a phone, nothing kept': { tokens, segment: 8, memory: 0, at: 1, width: 320 },
};
