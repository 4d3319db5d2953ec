import { stepsOf } from '../tape.ts';
import type { DenoiseStep } from './steps.ts';

/** A token on its way: what stands there and the place it came from; −1 for one that was put in. */
export interface Item {
  readonly id: number;
  readonly from: number;
}

export const itemsOf = (ids: readonly number[]): Item[] => ids.map((id, from) => ({ id, from }));

/** Sentences change places; those whose turn has not come yet stand in their own order. */
export function permute(items: readonly Item[], steps: readonly DenoiseStep[]): readonly Item[] {
  const slots = stepsOf(steps, 'slot');
  const filled = new Map(stepsOf(steps, 'sentence').map((step) => [step.about, step]));
  const used = new Set([...filled.values()].map(({ start }) => start));
  const waiting = slots.filter(({ start }) => !used.has(start)).sort((a, b) => a.start - b.start);
  const content = slots
    .map((slot) => ({ slot, sentence: filled.get(slot.about) }))
    .sort((a, b) => a.slot.start - b.slot.start)
    .map(({ slot, sentence }) => ({ slot, sentence: sentence ?? waiting.shift()! }));
  const moved: Item[] = [];
  let at = 0;
  for (const { slot, sentence } of content) {
    moved.push(...items.slice(at, slot.start), ...items.slice(sentence.start, sentence.end));
    at = slot.end;
  }
  return [...moved, ...items.slice(at)];
}

export function mask(items: readonly Item[], steps: readonly DenoiseStep[]): readonly Item[] {
  const shown = new Map(
    stepsOf(steps, 'mask').flatMap(({ positions, ids }) =>
      positions.map((position, k) => [position, ids[k]!] as const),
    ),
  );
  return items.map((item) => ({ ...item, id: shown.get(item.from) ?? item.id }));
}

export function remove(items: readonly Item[], steps: readonly DenoiseStep[]): readonly Item[] {
  const gone = new Set(stepsOf(steps, 'delete').flatMap(({ positions }) => positions));
  return items.filter(({ from }) => !gone.has(from));
}

/** One token a span, at its first place; a span that begins inside another leaves none of its own. */
export function infill(items: readonly Item[], steps: readonly DenoiseStep[]): readonly Item[] {
  const spans = stepsOf(steps, 'span');
  const heads = new Map(spans.map((span) => [span.positions[0]!, span]));
  const tails = new Set(spans.flatMap(({ positions }) => positions.slice(1)));
  return items.flatMap((item) => {
    if (tails.has(item.from)) return [];
    const span = heads.get(item.from);
    return span ? [{ id: span.id, from: item.from }] : [item];
  });
}

export function insert(items: readonly Item[], steps: readonly DenoiseStep[], stage: 0 | 1): readonly Item[] {
  const added = stepsOf(steps, 'insert')
    .filter((step) => step.stage === stage)
    .sort((a, b) => a.at - b.at);
  const grown = [...items];
  for (const { at, id } of added) grown.splice(Math.min(at, grown.length - 1), 0, { id, from: -1 });
  return grown;
}

/** The first and the last token stay, what is between begins at `offset`. */
export function rotate(items: readonly Item[], steps: readonly DenoiseStep[]): readonly Item[] {
  const [step] = stepsOf(steps, 'offset');
  if (!step) return items;
  const last = items.length - 1;
  return [items[0]!, ...items.slice(step.offset, last), ...items.slice(1, step.offset), items[last]!];
}

/** All stages in their order: sentences, masking, deletion, infilling, insertion, rotation. */
export function corrupt(ids: readonly number[], steps: readonly DenoiseStep[]): readonly Item[] {
  const words = infill(remove(mask(permute(itemsOf(ids), steps), steps), steps), steps);
  return rotate(insert(insert(words, steps, 0), steps, 1), steps);
}
