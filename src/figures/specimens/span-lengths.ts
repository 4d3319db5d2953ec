import type { ComponentProps } from 'svelte';
import type SpanLengths from '../SpanLengths.svelte';

const law = [0.05, 0.149, 0.224, 0.224, 0.168, 0.101, 0.05, 0.022, 0.008, 0.003];

export const specimens: Readonly<Record<string, ComponentProps<typeof SpanLengths>>> = {
  'a hundred lengths': { counts: [6, 14, 25, 19, 17, 11, 4, 3, 0, 1], law, width: 640 },
  'nothing drawn, narrow': { counts: [], law, width: 330 },
};
