import { frameAt, isSameProbe } from '../../training/frames.ts';
import { bySteps } from '../run-axes.ts';
import type { Scene } from '../scene.svelte.ts';
import type { Tray } from '../tray.svelte.ts';
import type { Lettered } from '../tray.ts';
import type { Seen } from './answer.ts';

/** A run's answer under its letter. */
export interface Column {
  readonly letter: string;
  readonly seen: Seen;
}

const textOf = ({ probe, vocabulary }: Lettered) => probe?.original.map((id) => vocabulary?.tokens[id]).join(' ');

/** Why two runs cannot be set side by side, in a sentence; undefined where they can. */
export function whyApart(both: readonly [Lettered, Lettered]): string | undefined {
  const [a, b] = both;
  const mute = both.find(({ frames, probe }) => frames.length === 0 || !probe);
  if (mute) return `${mute.letter} has given no answers, so ${a.letter} and ${b.letter} do not stand side by side.`;
  const unread = both.find(({ vocabulary }) => !vocabulary);
  if (unread) return `The text of ${unread.letter} is not read here, so its answers cannot be spelled out.`;
  if (!isSameProbe(a.probe, b.probe) || textOf(a) !== textOf(b))
    return `${a.letter} and ${b.letter} were not asked the same, so their answers do not stand side by side.`;
  return undefined;
}

/**
 * Each run at its frame at or before the playhead: at the same step, or at the step that stands at the same place of
 * the axis.
 */
export function columnsOf(
  both: readonly [Lettered, Lettered],
  scene: Pick<Scene, 'step' | 'frame' | 'origin'>,
  tray: Pick<Tray, 'live' | 'axis'>,
): readonly Column[] {
  const { live, axis = bySteps } = tray;
  const { step } = scene;
  const x = step === undefined ? undefined : live && axis.places(live)?.xOf(step);
  return both.flatMap((one): Column[] => {
    const { letter, run, frames, probe, vocabulary: words } = one;
    const isLive = letter === live?.letter && scene.origin !== 'stored';
    const there = x === undefined ? undefined : axis.places(one)?.stepOf(x);
    const frame = (isLive && scene.frame) || frameAt(frames, there ?? step ?? Number.POSITIVE_INFINITY);
    return frame && probe && words ? [{ letter, seen: { run, frame, probe, words } }] : [];
  });
}
