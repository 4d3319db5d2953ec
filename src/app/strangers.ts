/** Names shown of those that mean nothing; the others are counted. */
const most = 5;
/** Letters shown of a name. */
const longest = 30;

/** What is said of keys of an address that mean nothing: one sentence for all of them, or none. */
export function saidOfStrangers(names: readonly string[]): readonly string[] {
  const different = [...new Set(names)];
  if (different.length === 0) return [];
  const shown = different.slice(0, most).map((name) => `“${name.slice(0, longest)}”`);
  const more = different.length > most ? ` and ${different.length - most} more` : '';
  return [`Left out, for nothing here is called so: ${shown.join(', ')}${more}.`];
}
