import type { Plain, TapeChange } from './tape-change.ts';

/** Where a panel's settings are kept: as an address tells them, and what writes them there. */
export interface Keeping {
  readonly change?: TapeChange | undefined;
  readonly onchange?: ((change: TapeChange) => void) | undefined;
}

type Values = Readonly<Record<string, Plain>>;
type Fits = (value: Plain) => boolean;

/** A whole number from `min` to `max`. */
export const within =
  (min: number, max: number): Fits =>
  (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
/** One of a few. */
export const oneOf =
  (values: readonly Plain[]): Fits =>
  (value) =>
    values.includes(value);

/** How long a setting rests before the address follows, in milliseconds: browsers refuse frequent changes. */
const restMs = 200;

/**
 * Settings of a panel, at once on the page and in the address as soon as they come to rest; there stands only what
 * departs from `usual`. What an address says and `fits` refuses is left out, and told in `strays`. To be called while a
 * component is set up.
 */
export function createKept<T extends Values>(
  usual: () => T,
  fits: () => { readonly [Name in keyof T]: Fits },
  source: () => Keeping,
) {
  let moved = $state.raw<Partial<T>>({});
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Spelled out: a page makes the same change anew whenever something else of it changes. */
  const addressed = $derived(JSON.stringify(source().change?.options ?? {}));
  const said = $derived(Object.entries(JSON.parse(addressed) as Values));
  const isKnown = $derived(([name, value]: readonly [string, Plain]) => {
    const checks: Readonly<Record<string, Fits>> = fits();
    return Object.hasOwn(checks, name) && checks[name]!(value);
  });
  const now = $derived<T>({ ...usual(), ...Object.fromEntries(said.filter(isKnown)), ...moved });
  // Whoever changes the address changes the settings.
  $effect(() => {
    void addressed;
    moved = {};
  });
  $effect(() => () => clearTimeout(timer));

  function write(): void {
    const from: Values = usual();
    const departs = Object.entries(now).filter(([name, value]) => value !== from[name]);
    source().onchange?.({
      ...source().change,
      options: departs.length > 0 ? Object.fromEntries(departs) : undefined,
    });
  }

  return {
    get now(): T {
      return now;
    },
    /** What the address says that cannot be meant, in words; empty: nothing. */
    get strays(): string {
      const others = said.filter((one) => !isKnown(one)).map(([name, value]) => `${name} = ${value}`);
      return others.length > 0
        ? `${others.join(', ')} cannot be set here: the picture has no such setting, or not so much of it. What the lesson shows stands instead; change it with the controls.`
        : '';
    },
    set(part: Partial<T>): void {
      moved = { ...moved, ...part };
      clearTimeout(timer);
      timer = setTimeout(write, restMs);
    },
  };
}
