/** The addresses of the weights of recorded runs, by the paths of their files. */
export const weights: Readonly<Record<string, string>> = import.meta.glob<string>(
  '../../lessons/*/recordings/*.weights.bin',
  { eager: true, query: '?url', import: 'default' },
);
