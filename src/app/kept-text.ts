import { getMany, setMany } from 'idb-keyval';
import type { OwnText } from '../text/own-text.ts';

/** A visitor's own text as this browser keeps it; a text kept by an older build has no report. */
export type KeptText = Pick<OwnText, 'text'> & Partial<OwnText>;

const keys = ['own text', 'own text report'];

/** What the browser says; undefined where it refuses, which some do before they have begun. */
async function stored<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

/** The text that was used last; undefined where there is none or nothing can be read. */
export async function keptText(): Promise<KeptText | undefined> {
  const [text, report] = (await stored(() => getMany(keys))) ?? [];
  return typeof text === 'string' ? { text, report } : undefined;
}

/** Keeps a text; where nothing can be stored, it is used until the page closes. */
export async function keepText({ text, report }: OwnText): Promise<void> {
  // Writing a long text holds the page for a moment; what it is used for goes first.
  await new Promise((resolve) => setTimeout(resolve));
  await stored(() =>
    setMany([
      [keys[0]!, text],
      [keys[1]!, report],
    ]),
  );
}
