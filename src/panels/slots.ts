import type { SlotReader } from '../figures/slot-bars.ts';
import type { Parts } from '../models/bigbird/plan-spec.ts';
import type { Exact } from '../text/exact.ts';
import { heads, patternsOfHead } from './blocks.ts';
import { anyHead, reachOverBlocks } from './reach.ts';

/** Words of a text that are asked for, and who reads how much of it. */
export interface SlotsAsked {
  readonly ids: readonly number[];
  readonly places: readonly number[];
  readonly memory?: { readonly segment: number; readonly kept: readonly number[] };
  /** Who fills all holes and sees so many tokens on either side of each. */
  readonly around?: readonly number[];
  readonly blocks?: {
    readonly blockSize: number;
    readonly layers: number;
    readonly blocks: number;
    readonly parts: readonly Parts[];
  };
  /** Who fills one hole at a time and sees so many neighbours to either side. */
  readonly radius?: readonly number[];
}

/** Bits of each place for who sees of the text what `isSeen` lets it. */
function bitsOf(
  exact: Exact,
  { ids, places }: SlotsAsked,
  isSeen: (place: number, asked: number) => boolean,
): readonly number[] {
  const scene = exact.read(ids);
  return places.map((asked) => {
    const seen = ids.map((id, place) => (place !== asked && isSeen(place, asked) ? id : null));
    const [posterior] = scene?.posteriors(seen, [asked]) ?? [];
    return posterior ? Math.max(0, -Math.log2(posterior[ids[asked]!]!)) : Number.NaN;
  });
}

const partNames: Partial<Record<Parts, string>> = {
  window: 'neighbours alone',
  global: 'neighbours, first and last',
  random: 'neighbours, random',
  paper: 'all three',
};

/** From left to right: what stands before the word, in its segment or kept. */
const withMemory = (exact: Exact, asked: SlotsAsked, segment: number, kept: number): SlotReader => ({
  name: kept === 0 ? 'nothing kept' : `${kept} tokens kept`,
  bits: bitsOf(exact, asked, (place, at) => place < at && place >= Math.floor(at / segment) * segment - kept),
});

/** Both sides, no farther than so many tokens. Of the words asked for all are holes, or only the one that is filled. */
function withinSight(exact: Exact, asked: SlotsAsked, most: number, which: 'all' | 'one'): SlotReader {
  const holes = new Set(which === 'all' ? asked.places : []);
  const isSeen = (place: number, at: number) => !holes.has(place) && Math.abs(place - at) <= most;
  return {
    name: which === 'all' ? `${most} tokens on either side` : `±${most} words`,
    bits: bitsOf(exact, asked, isSeen),
  };
}

/** Both sides, as far as blocks pass it on; the words asked for are all holes. Token 0 of the row is `[CLS]`. */
function inBlocks(exact: Exact, asked: SlotsAsked, blocks: NonNullable<SlotsAsked['blocks']>, parts: Parts) {
  const choice = { blocks: blocks.blocks, random: 1, parts };
  const perHead = Array.from({ length: heads }, (_, head) => patternsOfHead(choice, blocks.layers, head));
  const layers = Array.from({ length: blocks.layers }, (_, layer) => anyHead(perHead.map((all) => all[layer]!)));
  const blockOf = (place: number) => Math.floor((place + 1) / blocks.blockSize);
  const holes = new Set(asked.places);
  const reached = new Map(
    [...new Set(asked.places.map(blockOf))].map((block) => [block, reachOverBlocks(layers, block).rows[0]!] as const),
  );
  const bits = bitsOf(exact, asked, (place, at) => !holes.has(place) && !!reached.get(blockOf(at))![blockOf(place)]);
  return { name: partNames[parts] ?? parts, bits };
}

/** What the slots cost each reader at best. */
export const slotReaders = (exact: Exact, asked: SlotsAsked): readonly SlotReader[] => [
  ...(asked.memory?.kept.map((kept) => withMemory(exact, asked, asked.memory!.segment, kept)) ?? []),
  ...(asked.around?.map((most) => withinSight(exact, asked, most, 'all')) ?? []),
  ...(asked.radius?.map((most) => withinSight(exact, asked, most, 'one')) ?? []),
  ...(asked.radius ? [{ name: 'all words', bits: bitsOf(exact, asked, () => true) }] : []),
  ...(asked.blocks?.parts.map((parts) => inBlocks(exact, asked, asked.blocks!, parts)) ?? []),
];
