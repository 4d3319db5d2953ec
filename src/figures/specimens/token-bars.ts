import type { ComponentProps } from 'svelte';
import type TokenBars from '../TokenBars.svelte';

const words = 'on saturday , omar went to the castle and saw a king . on sunday , omar felt as busy as a bee'.split(
  ' ',
);
const fakes: Readonly<Record<number, string>> = { 3: 'lila', 9: 'from', 16: 'she' };
const tokens = words.map((word, i) => {
  const fake = fakes[i];
  const share = fake === undefined ? ((i * 7) % 12) / 100 : i === 3 ? 0.05 : 0.97;
  const isRight = share > 0.5 === (fake !== undefined);
  return fake === undefined
    ? { token: word, share, isRight }
    : { token: fake, original: word, mark: 'substituted' as const, share, isRight };
});

export const specimens: Readonly<Record<string, ComponentProps<typeof TokenBars>>> = {
  'three rows': { tokens, words: { yes: 'replaced' }, width: 380, size: 16 },
  'in a low room': { tokens, words: { yes: 'replaced' }, width: 380, size: 16, room: 195 },
};
