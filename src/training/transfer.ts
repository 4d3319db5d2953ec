import { flatten } from '../core/params.ts';
import { pairingFacts } from '../objectives/facts.ts';
import { blueprintOf } from './model.ts';
import { type Phase, stepsOf } from './phases.ts';
import type { Run } from './run.ts';

/**
 * How the layers of a student are taught to be like its teacher's: while it learns its words, before that all of them
 * together, or before that one after the other. Sun et al. 2020, §3.3.
 */
export const transfers = {
  once: 'at once with the words',
  together: 'all layers together, then the words',
  layers: 'layer by layer, then the words',
} as const;
export type Transfer = keyof typeof transfers;

/** What is not asked while layers are taught, and what is not any more while words are. */
const words = ['noising', 'distillation'] as const;
const states = ['features', 'maps'] as const;

/** Share of all steps in which layers are taught before words: as in the stored comparison of the three ways. */
const share = 0.3;
/** Where the rate of such a phase begins to fall. */
const decayFrom = 0.7;
/** Updates in which it rises, at most. */
const mostWarmup = 10;

/** What the names of the weights of each layer begin with; none where the architecture is not taught layer by layer. */
export function taughtLayers(run: Run): readonly string[] {
  const { blueprint, config } = blueprintOf(run, run.text.vocabSize);
  if (!states.every((name) => name in blueprint.questions)) return [];
  const names = Object.entries(blueprint.spec(config)).flatMap(([part, spec]) =>
    flatten(spec, part).map(([name]) => /^.+?\.layer\.\d+\./.exec(name)?.[0] ?? ''),
  );
  return [...new Set(names)].filter(Boolean);
}

/** A run whose layers are taught in another way, in as many steps. */
export function withTransfer(run: Run, way: Transfer): Run {
  const total = stepsOf(run);
  const { schedule } = run.phases.at(-1)!;
  if (way === 'once') return { ...run, phases: [{ steps: total, schedule }] };
  const layers = taughtLayers(run);
  const turns = way === 'layers' ? layers.map((layer) => [layer]) : [layers];
  const each = Math.max(1, Math.round((share * total) / turns.length));
  const taught = turns.map(
    (trainable): Phase => ({
      steps: each,
      schedule: { ...schedule, warmup: Math.min(schedule.warmup, mostWarmup), decayFrom },
      without: pairingFacts[run.recipe.pairing]?.labels ? [...words, 'pairing'] : [...words],
      trainable,
    }),
  );
  const left = Math.max(1, total - each * turns.length);
  return { ...run, phases: [...taught, { steps: left, schedule, without: [...states] }] };
}

/** In which way the layers of a run are taught; undefined: in one that is none of them. */
export function transferOf(run: Run): Transfer | undefined {
  const { phases } = run;
  if (phases.length === 1 && !phases[0]!.without?.length && !phases[0]!.trainable) return 'once';
  const layers = taughtLayers(run);
  const before = phases.slice(0, -1);
  const isWords = states.every((name) => phases.at(-1)?.without?.includes(name));
  const isTaught = before.every(({ without }) => words.every((name) => without?.includes(name)));
  if (layers.length === 0 || !isWords || !isTaught) return undefined;
  const covers = (names: readonly string[] | undefined, some: readonly string[]) =>
    some.every((layer) => names?.some((name) => layer.startsWith(name)));
  const [first] = before;
  if (before.length === 1 && covers(first?.trainable, layers)) return 'together';
  const inTurn = layers.every((layer, i) => covers(before[i]?.trainable, [layer]));
  return before.length === layers.length && inTurn ? 'layers' : undefined;
}
