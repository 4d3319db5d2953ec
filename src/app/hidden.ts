/** What a link may hide, so that a class has nothing before it but what the lesson is about. */
export const hideable = ['header', 'settings', 'run', 'draws', 'tools', 'words', 'turn'] as const;
export type Hideable = (typeof hideable)[number];

const isHideable = (name: string): name is Hideable => hideable.some((one) => one === name);

/**
 * What an address hides (`hide=header,run`), taken out of its query; undefined where it says nothing. An empty list
 * shows all. Places of a sentence (`hide=4.10`) are left to the page.
 */
export function takeHidden(query: URLSearchParams, problems: string[]): readonly Hideable[] | undefined {
  const said = query.get('hide');
  if (said === null || /^\d[\d.]*$/.test(said)) return undefined;
  query.delete('hide');
  const names = said.split(',').filter((name) => name !== '');
  const strange = names.filter((name) => !isHideable(name));
  if (strange.length > 0)
    problems.push(`There is no “${strange.join(', ')}” to hide. What can be hidden: ${hideable.join(', ')}.`);
  return hideable.filter((name) => names.includes(name));
}

/** An address with what it hides; as it was where that is nothing. */
export const withHidden = (address: string, hidden: readonly Hideable[]): string =>
  hidden.length === 0 ? address : `${address}${address.includes('?') ? '&' : '?'}hide=${hidden.join(',')}`;
