import { type Box, takeFirst } from './boxes.ts';
import { boxOf } from './loss-curve-labels.ts';
import type { LossCurveLayout } from './loss-curve-layout.ts';
import { listed } from './table.ts';
import { widthOf } from './text.ts';

/** Something learned at a step. */
export interface Flag {
  readonly step: number;
  readonly title: string;
  /** Only in the stored run, not yet in the one that runs here. */
  readonly isHollow?: boolean;
}
/** A flag as it stands on the curve. */
export interface Standing extends Flag {
  readonly x: number;
  /** The curve, and the head of the pole. */
  readonly foot: number;
  readonly head: number;
  /** The side the cloth flies to. */
  readonly side: 1 | -1;
  /** The cloth; undefined where there was no room but for the pole. */
  readonly cloth: Box | undefined;
  /** Where the title stands, or would: without room it shows only while pointed at. */
  readonly words: Box;
  readonly isTitled: boolean;
}
/** Width and height of the cloth. */
export const cloth = { width: 11, height: 9 } as const;

/** Those of one step on one pole: two side by side would hide each other. */
function onePoleAStep(flags: readonly Flag[]): readonly Flag[] {
  const poles = new Map<string, Flag>();
  for (const flag of flags) {
    const key = `${flag.step} ${flag.isHollow ?? false}`;
    const before = poles.get(key);
    poles.set(key, before ? { ...before, title: `${before.title}, ${flag.title}` } : flag);
  }
  return [...poles.values()].sort((a, b) => b.step - a.step);
}

/**
 * Where flags stand. The larger step chooses first; a flag that finds no room for its title keeps its cloth, and one
 * that finds none for its cloth keeps its pole. A step that no curve has reached bears no flag.
 */
export function placeFlags(
  { drawn, plot, room, label, x, y }: LossCurveLayout,
  flags: readonly Flag[],
): readonly Standing[] {
  const taken = { ...room, taken: [...room.taken] };
  const standing = onePoleAStep(flags).flatMap((flag): Standing[] => {
    const read = drawn.filter(({ guide, ghost }) => !guide && ghost === (flag.isHollow ?? false));
    const loss = [...read, ...drawn.filter(({ guide }) => !guide)]
      .map(({ lossAt }) => lossAt(flag.step))
      .find((one) => one !== undefined);
    if (loss === undefined) return [];
    const [at, foot] = [x(flag.step), y(loss)];
    const width = widthOf(flag.title.length, label, 'label');
    const poles = [28, 20, 36, 44, 54, 66, 78, 92, 106, 120].filter((pole) => foot - pole >= plot.top);
    const places = (poles.length > 0 ? poles : [Math.max(10, foot - plot.top)]).flatMap((pole) =>
      ([1, -1] as const).map((side) => {
        const head = Math.max(plot.top, foot - pole);
        const left = side === 1 ? at : at - cloth.width;
        const own = { left, right: left + cloth.width, top: head, bottom: head + cloth.height };
        const start = side === 1 ? own.right + 5 : own.left - 5 - width;
        const words = boxOf(flag.title, label, start, head - label * 0.2);
        const both = {
          left: Math.min(own.left, words.left),
          right: Math.max(own.right, words.right),
          top: Math.min(own.top, words.top),
          bottom: Math.max(own.bottom, words.bottom),
        };
        return { head, side, cloth: own, words, both };
      }),
    );
    const whole = places.map((place) => ({ ...place.both, place }));
    // A title had better not stand on a reference line, but rather there than nowhere.
    const titled = takeFirst(taken, whole) ?? takeFirst({ ...taken, rules: [] }, whole);
    const cloths = places.map((place) => ({ ...place.cloth, place }));
    const bare = titled ?? takeFirst(taken, cloths, true);
    const { place } = bare ?? { place: places[0]! };
    return [
      {
        ...flag,
        x: at,
        foot,
        head: place.head,
        side: place.side,
        cloth: bare && place.cloth,
        words: place.words,
        isTitled: titled !== undefined,
      },
    ];
  });
  return standing.reverse();
}

/** The flags in a sentence, if there are any. */
export function describeFlags(flags: readonly Flag[], unit: string): readonly string[] {
  if (flags.length === 0) return [];
  const each = flags.map(
    ({ step, title, isHollow }) =>
      `${title} at ${unit} ${step.toLocaleString('en')}${isHollow ? ' of the stored run' : ''}`,
  );
  return [`Learned: ${listed(each)}.`];
}
