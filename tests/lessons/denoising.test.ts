import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { storedOf } from '../../src/app/stored-runs.ts';
import { createRng } from '../../src/core/rng.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import type { DenoiseDraws } from '../../src/objectives/denoise/index.ts';
import { budgetOf, longestInSentence } from '../../src/objectives/denoise/options.ts';
import { hiddenSpans } from '../../src/objectives/denoise/steps.ts';
import type { AnyOptions } from '../../src/objectives/facts.ts';
import { packed, playText, toolsOf } from '../../src/panels/packed.ts';
import { noiseBits } from '../../src/panels/stages/denoise/bits.ts';
import { startOf } from '../../src/panels/tape.ts';
import { corpora } from '../../src/text/catalog.ts';
import type { Exact } from '../../src/text/exact.ts';
import { heldOutExamples } from '../../src/training/batches.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import type { Outcome } from '../../src/training/experiment.ts';
import { milestonesOf, standingsOf } from '../../src/training/milestones.ts';
import { readRecording } from '../../src/training/recording.ts';
import type { Run } from '../../src/training/run.ts';

// The numbers that the lesson prints, each made again from where it came from.
let run: Run;
let data: Data;
let exact: Exact;
let outcome: Outcome;
beforeAll(async () => {
  run = (await loadLesson('denoising'))!.run;
  data = await prepare(run.text);
  exact = (await corpora['lost-and-found']!.exact!(data.vocabulary))!;
  outcome = (await loadResult('recipes', 'denoise'))!.outcomes[0]!;
});

const texts = 256;
/** Held-out texts of four sentences, one span of each hidden. */
const four = () => {
  const recipe = { ...run.recipe, pairingOptions: { sentences: 4 }, maxLength: 72 };
  return heldOutExamples(data, { ...run, recipe }, texts).map(({ sequence: { ids }, noise }) => ({
    ids,
    spans: hiddenSpans(noise as DenoiseDraws),
  }));
};
const logOf = (ids: readonly number[], hidden: ReadonlySet<number> = new Set()) =>
  exact.read(ids)!.logProbability(ids.map((id, i) => (hidden.has(i) ? null : id)));
/** −ln P(what is hidden | the rest): it costs what it takes away. */
const maskNats = (ids: readonly number[], hidden: ReadonlySet<number>) => logOf(ids, hidden) - logOf(ids);
const placesOf = (spans: ReturnType<typeof hiddenSpans>) =>
  new Set(spans.flatMap(({ start, length }) => Array.from({ length }, (_, k) => start + k)));
const shareOf = (span: number, sentence: number) => {
  const longest = Math.min(longestInSentence, sentence);
  return span > longest ? 0 : 1 / longest / (sentence - span + 1);
};
/** The sentences of a packed text, without its frame. */
function sentencesOf(ids: readonly number[]): readonly (readonly number[])[] {
  const stop = data.vocabulary.tokens.indexOf('.');
  const ends = ids.flatMap((id, i) => (id === stop ? [i + 1] : []));
  return ends.map((end, i) => ids.slice(ends[i - 1] ?? 1, end));
}
/** −ln P(the text as it was | the text cut somewhere and turned): it began with one of its sentences. */
function rotationNats(ids: readonly number[]): number {
  const sentences = sentencesOf(ids);
  const told = logOf(ids);
  const shares = sentences.map((_, k) => {
    const turned = [ids[0]!, ...sentences.slice(k).flat(), ...sentences.slice(0, k).flat(), ids.at(-1)!];
    const scene = exact.read(turned);
    return scene ? Math.exp(scene.logProbability(turned) - told) : 0;
  });
  return Math.log(shares.reduce((sum, share) => sum + share, 0));
}
function shufflingNats(ids: readonly number[]): number {
  const scene = exact.read(ids, 'shuffled')!;
  return scene.logProbability(ids) + Math.log(scene.hypotheses(ids)!.length) - logOf(ids);
}
/** Mean and standard error, in bits. */
function bitsOf(nats: readonly number[]): readonly [string, string] {
  const bits = nats.map((one) => one / Math.LN2);
  const mean = bits.reduce((sum, one) => sum + one, 0) / bits.length;
  const spread = bits.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (bits.length - 1);
  return [mean.toFixed(2), Math.sqrt(spread / bits.length).toFixed(2)];
}

describe('the lesson about denoising', () => {
  it('trains the very run that is stored', () => {
    expect(storedOf(run)?.id).toBe('recipes/denoise');
  });

  it('says of each noise how much a perfect reader has to guess', () => {
    const made = four();
    const masked = made.map(({ ids }, text) => {
      const places = ids.flatMap((id, i) => (data.vocabulary.isSpecial(id) ? [] : [i]));
      const order = createRng('m').fork(String(text)).permutation(places.length);
      const budget = budgetOf(0.3, places.length, 'clean');
      return maskNats(ids, new Set(order.slice(0, budget).map((k) => places[k]!)));
    });
    const inSpans = made.map(({ ids, spans }) => exact.infillNats(ids, spans, shareOf)!);
    const sums = [
      masked,
      inSpans,
      made.map(({ ids }) => shufflingNats(ids)),
      made.map(({ ids }) => rotationNats(ids)),
    ].map(bitsOf);
    expect(noiseBits.map(({ bits, error }) => [bits.toFixed(2), error.toFixed(2)])).toEqual(sums);
    // A sign for each word leaves as much as one for the span.
    const wordByWord = made.map(({ ids, spans }) => maskNats(ids, placesOf(spans)));
    expect(bitsOf(wordByWord)[0]).toBe(bitsOf(inSpans)[0]);
    const words = made.reduce((sum, { spans }) => sum + placesOf(spans).size, 0);
    expect((words / texts).toFixed(0)).toBe('12');
  });

  it('prints what was stored of the run: losses, right tokens, restored spans', () => {
    const at = (step: number) => outcome.evaluations.find((one) => one.step === step)!;
    const loss = (step: number) => at(step).losses.denoise!.toFixed(2);
    expect([50, 100, 150, 200].map(loss)).toEqual(['0.85', '0.18', '0.10', '0.08']);
    expect(at(400).losses.denoise!.toFixed(3)).toBe('0.056');
    expect(outcome.floors!.best.denoise!.loss.toFixed(3)).toBe('0.047');
    expect([100, 400].map((step) => at(step).accuracies.denoise!.toFixed(2))).toEqual(['0.96', '0.98']);
    const { restored, posterior } = outcome.readBack!.accuracies;
    expect([restored!.toFixed(3), posterior!.toFixed(3)]).toEqual(['0.691', '0.696']);
  });

  it('tells of the recorded text what the model wrote', async () => {
    const { frames, tokens, probe } = await readRecording(
      new Uint8Array(readFileSync('lessons/00-recipes/recordings/denoise.frames.bin')),
    );
    const wordsOf = (ids: readonly number[]) => ids.map((id) => tokens[id]).join(' ');
    const writtenAt = (step: number) =>
      wordsOf(frames.find((frame) => frame.step === step)!.written!.map(({ id }) => id));
    const [read] = probe.examples;
    expect(wordsOf(read!.inputIds)).toBe(
      '[CLS] on sunday , [MASK] as snug as a bug at the school . on monday , she danced with the pencil at the [MASK] . [SEP]',
    );
    const told = wordsOf(probe.original);
    expect(told).toBe(`[CLS] ${(await loadLesson('denoising'))!.probe.sentence} [SEP]`);
    expect(writtenAt(15)).toMatch(/^\[CLS\]( on){30,} \[SEP\]$/);
    expect(writtenAt(33)).toMatch(/^\[CLS\] on monday , it was rainy , /);
    expect(writtenAt(33)).toContain(' so the garden and saw a letter came to the the the the garden ');
    expect(writtenAt(39)).toMatch(/^\[CLS\] on sunday , she danced/);
    expect(writtenAt(85)).toBe(told.replace('zara', 'ida'));
    expect(writtenAt(400)).toBe(told.replace('bedtime', 'dinner'));
  });

  it('tells where the last layer of the decoder looked while it wrote three of the words', async () => {
    const { frames, tokens, probe } = await readRecording(
      new Uint8Array(readFileSync('lessons/00-recipes/recordings/denoise.frames.bin')),
    );
    const source = probe.examples[0]!.inputIds.map((id) => tokens[id]);
    const { shape, data: bytes, scale } = frames.at(-1)!.values['cross.attention.1']!;
    const [heads, queries, keys] = shape as [number, number, number];
    /** The place each head looks at most, in whole percent: `school 94`. */
    const looksAt = (query: number) =>
      Array.from({ length: heads }, (_, head) => {
        const row = Array.from(bytes.slice((head * queries + query) * keys, (head * queries + query + 1) * keys));
        const most = row.indexOf(Math.max(...row));
        return `${source[most]} ${Math.round(100 * row[most]! * scale)}`;
      });
    expect(frames.at(-1)!.step).toBe(400);
    const original = probe.original.map((id) => tokens[id]);
    expect([2, 4, 25].map((place) => original[place])).toEqual(['sunday', 'zara', 'school']);
    expect(looksAt(2).slice(0, 2)).toEqual(['sunday 95', 'sunday 90']);
    expect(looksAt(4)[2]).toBe('she 96');
    const atSchool = looksAt(25).map((look) => (look.startsWith('school') ? look : ''));
    expect(atSchool).toEqual(['school 94', '', 'school 62', 'school 81']);
    // Early on there is one look across the first bridge, and none across the last.
    const early = frames.find(({ step }) => step === 39)!;
    const bridge = (layer: number) => early.values[`cross.attention.${layer}`]!;
    const shares = (layer: number) => Array.from(bridge(layer).data, (one) => one * bridge(layer).scale);
    const place = shares(0).indexOf(Math.max(...shares(0)));
    const width = bridge(0).shape.at(-1)!;
    expect([tokens[early.written![Math.floor(place / width)]!.id], source[place % width]]).toEqual([
      'sunday',
      'sunday',
    ]);
    expect([0, 1].map((layer) => Math.round(100 * Math.max(...shares(layer))))).toEqual([33, 28]);
  });

  it('ticks its milestones by the loss: a tenth, four fifths and 95 % of the way', () => {
    const found = standingsOf(milestonesOf(run), outcome.evaluations, outcome.floors);
    expect(found.map(({ milestone, step }) => [milestone.by === 'loss' && milestone.way, step])).toEqual([
      [0.1, 50],
      [0.8, 100],
      [0.95, 100],
    ]);
  });

  it('tells of two first draws what stands in their pictures', async () => {
    const steps = (await loadLesson('denoising'))!.acts.flatMap((act) => act.steps);
    const drawn = (id: string) => {
      const [panel] = steps
        .find((step) => step.id === id)!
        .parts.flatMap((part) => (part.kind === 'panel' ? [part] : []));
      const { sentence, seed, options } = panel!.props as { sentence: string; seed: string; options: AnyOptions };
      const tools = toolsOf(run, data, noisings.denoise!);
      const state = startOf({ sentence, seed, options }, noisings.denoise);
      const { draws, example } = playText(state, packed(state, tools), tools);
      return { steps: (draws as DenoiseDraws).steps, read: example.inputIds.map((one) => data.vocabulary.tokens[one]) };
    };
    expect(drawn('delete').read.join(' ')).toContain('the looked mira');
    const infilled = drawn('infill');
    expect(infilled.read.join(' ')).toContain('the [MASK] toad');
    const lengths = infilled.steps.flatMap((step) => (step.kind === 'length' ? [step.length] : []));
    expect(lengths).toEqual([3, 1, 0, 1]);
  });
});
