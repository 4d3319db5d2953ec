import * as v from 'valibot';

/** What the page remembers in this browser. Where nothing can be stored, the page works without remembering. */
function read<Schema extends v.GenericSchema>(key: string, schema: Schema): v.InferOutput<Schema> | undefined {
  try {
    const checked = v.safeParse(schema, JSON.parse(localStorage.getItem(`unmask/${key}`) ?? 'null'));
    return checked.success ? checked.output : undefined;
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

export const readTheme = (): Theme => read('theme', v.picklist(themes)) ?? 'auto';
export const writeTheme = (theme: Theme): void => write('theme', theme);

/** Whether training goes on while its tab is hidden. */
export const background = {
  read: (): boolean => read('background', v.boolean()) ?? false,
  write: (goesOn: boolean): void => write('background', goesOn),
};

const seen = v.record(v.string(), v.array(v.string()));

/** Ids of the steps of a lesson that were on the screen. */
export const readSeen = (slug: string): readonly string[] => read('seen', seen)?.[slug] ?? [];

export function markSeen(slug: string, step: string): void {
  const before = read('seen', seen) ?? {};
  const steps = before[slug] ?? [];
  if (!steps.includes(step)) write('seen', { ...before, [slug]: [...steps, step] });
}
