import { createRng } from '../core/rng.ts';
import type { AnyBlueprint, Question } from '../models/architecture.ts';
import { patternsOf } from '../models/pictures.ts';
import { noisingFacts } from '../objectives/facts.ts';
import { type Answer, type Example, IGNORE } from '../objectives/objective.ts';
import { answerTo, bytesOf, guessesOf, judgedOf, softmax, verdictsOf, writtenOf } from './frame.ts';
import { frameSteps } from './frames.ts';
import { blueprintOf, questionsOf } from './model.ts';
import { stepsOf } from './phases.ts';
import type { Frame, ProbeRows } from './probed.ts';
import type { Snapshot } from './protocol.ts';
import type { Run } from './run.ts';
import { type Asked, rereading, writeDown } from './write-back.ts';

/** What a run says about its probe, and whether all of it is read at once, so that updates may follow at once. */
export interface Watch {
  /** Whether a frame is to be kept after so many updates. */
  isDue(step: number): boolean;
  readonly isAtOnce: boolean;
  /** Of the model as it is now. Where it is not read at once no update may come between. */
  frame(trainer: Asked): Promise<Frame>;
}

/** The places that are asked, each filled by a generator: the same luck at every step, so that only it changes. */
function filled({ inputIds, labels }: Example, { shape, data }: Snapshot): readonly number[] {
  const width = shape.at(-1) ?? 1;
  const rng = createRng('probe');
  return inputIds.map((id, place) => {
    if (labels[place] === IGNORE) return id;
    const shares = softmax(data.subarray(place * width, (place + 1) * width));
    return rng.fork(`place ${place}`).pick([...shares]);
  });
}

/** How a run is asked about its probe; undefined where there is nothing to ask. */
export function watchOf(run: Run, vocabSize: number, { examples }: ProbeRows): Watch | undefined {
  const due = new Set(frameSteps(stepsOf(run)));
  const asks = noisingFacts[run.recipe.noising]?.asks;
  const frame = frameMaker({ ...blueprintOf(run, vocabSize), questions: questionsOf(run), asks }, examples);
  return frame && { isDue: (step) => due.has(step), ...frame };
}

/** A model that is asked: what it is, and what it can be asked for. */
export interface AskedModel {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly questions: Readonly<Record<string, Question>>;
  /** What its noising asks for. */
  readonly asks: Answer | undefined;
}

/** How a model is asked about some examples; undefined where there are none. */
export function frameMaker(
  { blueprint, config, questions, asks }: AskedModel,
  examples: readonly Example[],
): Pick<Watch, 'isAtOnce' | 'frame'> | undefined {
  const [first] = examples;
  if (!first) return undefined;
  const axes = blueprint.taps(config);
  const taps = axes.map(({ name }) => name);
  const tokens = answerTo(questions, 'token', 'slot');
  const pairs = answerTo(questions, 'yesNo', 'row');
  const judge = answerTo(questions, 'yesNo', 'token');
  const bytes = (values: Readonly<Record<string, Snapshot>>, of = first) =>
    bytesOf(values, of, { axes, patterns: patternsOf(blueprint, config, of) });

  /** One look at all rows. */
  async function atOnce(trainer: Asked): Promise<Frame> {
    const { step } = trainer;
    const isPairs = first?.pairLabel !== undefined && pairs !== undefined;
    const named = isPairs ? pairs : (tokens ?? '');
    const { [named]: logits, ...values } = await trainer.inspect(examples, [...taps, named]);
    const seen = { step, values: bytes(values) };
    if (!logits) return seen;
    return isPairs ? { ...seen, verdicts: verdictsOf(logits) } : { ...seen, guesses: guessesOf(first!, logits) };
  }

  /** First the generator fills the places, then the judge reads what came of it. */
  async function relayed(trainer: Asked): Promise<Frame> {
    const { step } = trainer;
    const guessed = await trainer.inspect([first!], [...taps, tokens!]);
    const logits = guessed[tokens!]!;
    const ids = filled(first!, logits);
    const judged = await trainer.inspect([{ ...first!, inputIds: ids }], [...taps, judge!]);
    const owner = Object.values(questions).find(({ kind }) => kind === 'token')?.owner ?? '';
    const isFirsts = (name: string) => name.startsWith(`${owner}.`);
    const values = Object.fromEntries(taps.map((name) => [name, (isFirsts(name) ? guessed : judged)[name]!]));
    return {
      step,
      guesses: guessesOf(first!, logits),
      judged: judgedOf(ids, judged[judge!]!),
      values: bytes(values),
    };
  }

  /** It writes, and then reads over what it wrote. */
  async function written(trainer: Asked): Promise<Frame> {
    const { ids, step, taps: seen } = await writeDown(trainer, first!, [...taps, tokens!]);
    const { [tokens!]: logits, ...values } = seen;
    return { step, written: logits && writtenOf(ids, logits), values: bytes(values, rereading(first!, ids)) };
  }

  if (asks === 'originality' && tokens && judge) return { isAtOnce: false, frame: relayed };
  if (asks === 'text' && tokens) return { isAtOnce: false, frame: written };
  return { isAtOnce: true, frame: atOnce };
}
