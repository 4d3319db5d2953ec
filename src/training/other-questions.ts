import { AppError } from '../core/errors.ts';
import { createRng } from '../core/rng.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { noisings } from '../objectives/catalog.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import { type HeldOut, heldOutBatches, inBatches, judgedExamples, stack } from './batches.ts';
import type { Data } from './data.ts';
import { leastNats, oneHole } from './one-hole.ts';
import type { Evaluation, HoleKind, OtherQuestion, Snapshot } from './protocol.ts';
import { recallExamples } from './recall.ts';
import type { Run } from './run.ts';
import { slotsOf } from './slots.ts';
import { spotFakes } from './spotting.ts';

// What a run is asked beside its own questions, at the end and seldom: fetched then.

/** Examples as batches to be judged on; what fills no whole batch is left out. */
const batchesOf = (examples: readonly Example[], { vocabulary }: Data, run: Run): readonly HeldOut[] =>
  inBatches(examples, run).map((rows) => ({ arrays: stack(rows, run, vocabulary.padId) }));

/** Clean text with ordinary tokens asked for, as many a row as there are slots. */
function readBackBatches(data: Data, run: Run): readonly HeldOut[] {
  const slots = slotsOf(run);
  const { vocabulary } = data;
  const rng = createRng('read back');
  const clean = judgedExamples(data, run).map(({ sequence }, row): Example => {
    const ordinary = sequence.ids.flatMap((id, position) => (vocabulary.isSpecial(id) ? [] : [position]));
    const order = rng.fork(`row ${row}`).permutation(ordinary.length);
    const asked = new Set(order.slice(0, slots).map((i) => ordinary[i]!));
    return {
      inputIds: sequence.ids,
      segments: sequence.segments,
      labels: sequence.ids.map((id, i) => (asked.has(i) ? id : IGNORE)),
    };
  });
  return batchesOf(clean, data, run);
}

/** What a trainer lends to be asked with. */
interface Lent {
  readonly run: Run;
  readonly data: Data;
  readonly blueprint: Pick<AnyBlueprint, 'sees'>;
  readonly config: { readonly maxLength?: number };
  judge(batches: readonly HeldOut[], of?: Run, firstPlace?: number): Promise<Evaluation>;
  writeBack(): Promise<Evaluation>;
  inspect(examples: readonly Example[], taps: readonly string[]): Promise<Record<string, Snapshot>>;
  readonly step: number;
}

/** What the trainer promises under this name. */
export async function readBack({ run, data, judge, writeBack, inspect, step }: Lent): Promise<Evaluation> {
  const asks = noisings[run.recipe.noising]?.asks;
  if (asks === 'text') return writeBack();
  if (asks === 'originality') return spotFakes(run, data, step, inspect);
  if (asks === 'next token') {
    const recalled = recallExamples(data, run).map(({ example }) => example);
    const batches = batchesOf(recalled, data, run);
    return judge(batches.length > 0 ? batches : heldOutBatches(data, run));
  }
  return judge(readBackBatches(data, run));
}

function onOtherPairs({ run, data, judge }: Lent, pairing: string): Promise<Evaluation> {
  const of: Run = { ...run, recipe: { ...run.recipe, pairing } };
  return judge(heldOutBatches(data, of), of);
}

async function fromPlace({ run, data, config, judge }: Lent, firstPlace: number): Promise<Evaluation> {
  const last = firstPlace + run.recipe.maxLength;
  if (config.maxLength !== undefined && last > config.maxLength)
    throw new AppError(
      'bad-option',
      `Rows of ${run.recipe.maxLength} tokens that begin at place ${firstPlace} need ${last} places, and this model has ${config.maxLength}. Give it more, or move the rows less.`,
      'maxLength',
    );
  return judge(heldOutBatches(data, run), run, firstPlace);
}

async function atHoles({ run, data, blueprint, config, judge }: Lent, kind: HoleKind): Promise<Evaluation> {
  const holes = oneHole(data, run, kind);
  const whole = holes.slice(0, holes.length - (holes.length % run.training.batchSize));
  const examples = whole.map(({ made }) => made.example);
  const told = await judge(batchesOf(examples, data, run));
  const best = leastNats(data, whole, blueprint.sees?.(config) ?? Number.POSITIVE_INFINITY);
  return best === undefined ? told : { ...told, losses: { ...told.losses, best } };
}

/** What the trainer promises under this name. */
export function judgeBy(lent: Lent, question: OtherQuestion): Promise<Evaluation> {
  if ('pairing' in question) return onOtherPairs(lent, question.pairing);
  return 'hole' in question ? atHoles(lent, question.hole) : fromPlace(lent, question.firstPlace);
}
