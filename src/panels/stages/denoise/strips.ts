import type { Stage, StageItem } from '../../../figures/stages.ts';
import { counted } from '../../../figures/table.ts';
import {
  type Item,
  infill,
  insert,
  itemsOf,
  mask,
  permute,
  remove,
  rotate,
} from '../../../objectives/denoise/effect.ts';
import type { DenoiseDraws } from '../../../objectives/denoise/index.ts';
import type { DenoiseStep } from '../../../objectives/denoise/steps.ts';
import type { Sequence } from '../../../objectives/objective.ts';
import type { Vocabulary } from '../../../text/document.ts';

/** The kinds of steps each stage carries out, and what it is called. */
interface Kind {
  readonly steps: (step: DenoiseStep) => boolean;
  readonly act: (items: readonly Item[], steps: readonly DenoiseStep[]) => readonly Item[];
  /** Its own steps, and all. */
  readonly name: (own: readonly DenoiseStep[], all: readonly DenoiseStep[]) => string;
}
/** A span of no words leaves a sign as well: it is put in, where the others hide what they stand for. */
const isEmptySpan = (step: DenoiseStep): boolean => step.kind === 'insert' && step.stage === 0;
/** `3 of 4 spans` where some of them are of no word, else `4 spans`. */
const ofSpans = (own: number, all: readonly DenoiseStep[]): string => {
  const count = all.filter((step) => step.kind === 'span' || isEmptySpan(step)).length;
  return count > own ? `${own} of ${counted(count, 'span')}` : counted(own, 'span');
};

/** In the order in which the noise is carried out. Lewis et al. 2020, §2.2. */
const kinds: readonly Kind[] = [
  { steps: ({ kind }) => kind === 'slot' || kind === 'sentence', act: permute, name: () => 'Sentences shuffled' },
  { steps: ({ kind }) => kind === 'mask', act: mask, name: (own) => `${counted(own.length, 'word')} masked` },
  { steps: ({ kind }) => kind === 'delete', act: remove, name: (own) => `${counted(own.length, 'word')} deleted` },
  { steps: ({ kind }) => kind === 'span', act: infill, name: (own, all) => `${ofSpans(own.length, all)} hidden` },
  {
    steps: isEmptySpan,
    act: (items, steps) => insert(items, steps, 0),
    name: (own, all) => `${ofSpans(own.length, all)} put in, of no word`,
  },
  {
    steps: (step) => step.kind === 'insert' && step.stage === 1,
    act: (items, steps) => insert(items, steps, 1),
    name: (own) => `${counted(own.length, 'token')} inserted`,
  },
  {
    steps: ({ kind }) => kind === 'turn' || kind === 'offset',
    act: rotate,
    name: (own) => (own.some(({ kind }) => kind === 'offset') ? 'Rotated' : 'Not rotated this time'),
  },
];

/** The text and what is left of it after each kind of noise that was drawn; a token keeps its places on the way. */
export function stripsOf(
  { ids }: Sequence,
  { steps }: DenoiseDraws,
  { tokens, isSpecial }: Vocabulary,
): readonly Stage[] {
  const spans = new Map(
    steps.flatMap((step) => (step.kind === 'span' ? [[step.positions[0]!, step.positions] as const] : [])),
  );
  const stages: Stage[] = [];
  let items: readonly Item[] = itemsOf(ids);
  let closed = false;
  const put = (name: string) => {
    const itemOf = ({ id, from }: Item): StageItem => ({
      token: tokens[id] ?? '?',
      origins: from < 0 ? [] : closed ? (spans.get(from) ?? [from]) : [from],
      special: isSpecial(id) && ids[from] === id,
    });
    stages.push({ name, items: items.map(itemOf) });
  };
  put('The text');
  for (const { steps: isOwn, act, name } of kinds) {
    const own = steps.filter(isOwn);
    if (own.length === 0) continue;
    items = act(items, steps);
    if (act === infill) closed = true;
    put(name(own, steps));
  }
  return stages;
}
