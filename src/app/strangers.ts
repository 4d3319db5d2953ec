/** Names shown of those that mean nothing; the others are counted. */
const most = 5;
/** Letters shown of a name. */
const longest = 30;

const short = (name: string): string => (name.length > longest ? `${name.slice(0, longest)}…` : name);

/** What is said of keys of an address that mean nothing: one sentence for all of them, or none. */
export function saidOfStrangers(names: readonly string[]): readonly string[] {
  const different = [...new Set(names)];
  if (different.length === 0) return [];
  const shown = different.slice(0, most).map((name) => `“${short(name)}”`);
  const more = different.length > most ? ` and ${different.length - most} more` : '';
  const [isOne, listed] = [different.length === 1, `${shown.join(', ')}${more}`];
  return [`${listed} ${isOne ? 'means nothing here and is' : 'mean nothing here and are'} left out.`];
}
