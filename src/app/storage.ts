/** What the page remembers in this browser. Where nothing can be stored, the page works without remembering. */
function read<T>(key: string, fits: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`unmask/${key}`) ?? 'null');
    return fits(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(`unmask/${key}`, JSON.stringify(value));
  } catch {
    // Private windows and full disks: the reader loses a tick, not a page.
  }
}

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const isTheme = (value: unknown): value is Theme => themes.some((one) => one === value);

export const readTheme = (): Theme => read('theme', isTheme) ?? 'auto';
export const writeTheme = (theme: Theme): void => write('theme', theme);

/** Whether training goes on while its tab is hidden. */
export const background = {
  read: (): boolean => read('background', (value): value is boolean => typeof value === 'boolean') ?? false,
  write: (goesOn: boolean): void => write('background', goesOn),
};

const areSeen = (value: unknown): value is Readonly<Record<string, readonly string[]>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === 'string'));

/** Ids of the steps of a lesson that were on the screen. */
export const readSeen = (slug: string): readonly string[] => read('seen', areSeen)?.[slug] ?? [];

export function markSeen(slug: string, step: string): void {
  const before = read('seen', areSeen) ?? {};
  const steps = before[slug] ?? [];
  if (!steps.includes(step)) write('seen', { ...before, [slug]: [...steps, step] });
}
