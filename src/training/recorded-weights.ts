const addresses = import.meta.glob<string>('../../lessons/*/recordings/*.weights.bin', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** Where the weights of a recorded run lie: `distillation/teacher`; undefined where there are none of that name. */
export function weightsAddress(name: string): string | undefined {
  const [slug, id] = name.split('/');
  return Object.entries(addresses).find(([path]) => path.endsWith(`-${slug}/recordings/${id}.weights.bin`))?.[1];
}
