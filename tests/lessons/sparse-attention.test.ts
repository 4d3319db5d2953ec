import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { experimentOf, loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { storedOf } from '../../src/app/stored-runs.ts';
import { computed } from '../../src/figures/block-grid.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { reasonsOf } from '../../src/panels/blocks.ts';
import { barsOf } from '../../src/panels/claim-measures.ts';
import { costsOf, exponentOf } from '../../src/panels/cost.ts';
import { slotReaders } from '../../src/panels/slots.ts';
import { measured } from '../../src/panels/stages/sparse/measured.ts';
import { type Recording, readRecording } from '../../src/training/recording.ts';
import { exact, toIds } from '../support/lost-and-found.ts';

const placedOf = async (id: string) => {
  const { acts } = (await loadLesson('sparse-attention'))!;
  const { parts } = acts.flatMap(({ steps }) => steps).find((step) => step.id === id)!;
  return parts.flatMap((part) => (part.kind === 'panel' ? [part.props] : []))[0]!;
};
const story = async () => toIds((await placedOf('long')).sentence as string);
const total = (bits: readonly number[]) => bits.reduce((sum, one) => sum + one, 0).toFixed(2);

describe('what the lesson on sparse attention says of its story', () => {
  test('colour and object cost 5.17 bits with 96 tokens in sight on either side, and nothing with 128', async () => {
    const readers = slotReaders(exact, { ids: await story(), places: [137, 138], around: [32, 64, 96, 128] });
    expect(readers.map(({ bits }) => total(bits))).toEqual(['5.17', '5.17', '5.17', '0.00']);
  });
  test('in blocks of 16 neighbours never get there, the first block does, and so does the draw', async () => {
    const blocks = { blockSize: 16, layers: 2, blocks: 11, parts: ['window', 'global', 'random'] as const };
    const readers = slotReaders(exact, { ids: await story(), places: [137, 138], blocks });
    expect(readers.map(({ bits }) => total(bits))).toEqual(['5.17', '0.00', '0.00']);
  });
  test('the city is told by its second word', async () => {
    const ids = await story();
    const [posterior] = exact.read(ids)!.posteriors(
      ids.map((id, place) => (place === 143 || place < 100 ? null : id)),
      [143],
    );
    expect(posterior![ids[143]!]).toBeCloseTo(1, 9);
  });
  test('at 304 tokens in blocks of 16 that is 38 % of the square, at 512 it is 24 %', () => {
    const share = (blocks: number) =>
      computed({ cells: reasonsOf({ blocks, random: 1, parts: 'paper' }, 0, 0), blockSize: 16 }).share;
    expect([19, 32].map((blocks) => Math.round(100 * share(blocks)))).toEqual([38, 24]);
  });
});

describe('what it says of costs', () => {
  test('steps grow with the power 1.0 in blocks and 1.7 in full, attention with 1.0 and 1.9', () => {
    const powers = (['stepTime', 'attentionTime'] as const).flatMap((of) =>
      costsOf({ of }).lines.map(({ points }) => exponentOf(points).toFixed(1)),
    );
    expect(powers).toEqual(['1.7', '1.0', '1.9', '1.0']);
  });
  test('bytes: 1.95 GB against 0.44 at 1,024 tokens', async () => {
    const [full, blocks] = costsOf((await placedOf('claim-bytes')) as unknown as Parameters<typeof costsOf>[0]).lines;
    const at = (line: typeof full, x: number) => line!.points.find((point) => point.x === x)!.y;
    expect([at(full, 1024), at(blocks, 1024)].map((bytes) => (bytes / 1e9).toFixed(2))).toEqual(['1.95', '0.44']);
    expect(at(full, 512)).toBeGreaterThan(at(blocks, 1024));
  });
});

describe('what it says of its stored run', () => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await readRecording(readFileSync('lessons/14-sparse-attention/recordings/whole-stories.frames.bin'));
  });
  const share = (step: number, layer: number, head: number, query: number, key: number) => {
    const { shape, data, scale } = recording.frames.find((frame) => frame.step === step)!.values[`attention.${layer}`]!;
    const [, queries = 0, keys = 0] = shape;
    return Math.round(100 * data[(head * queries + query) * keys + key]! * scale);
  };
  test('how many words of each kind are right, and how many can be', async () => {
    const [outcome] = (await storedOf((await loadLesson('sparse-attention'))!.run)!.load())!.outcomes;
    const percent = (step: number, kind: string) => {
      const { right, asked } = outcome!.evaluations.find((one) => one.step === step)!.classes![kind]!;
      return Math.round((100 * right) / asked);
    };
    const best = outcome!.floors!.best!.mlm!;
    const possible = (kind: string) => Math.round((100 * best.classes![kind]!.right) / best.classes![kind]!.asked);
    expect([percent(150, 'city'), percent(200, 'place'), percent(250, 'hero')]).toEqual([63, 91, 88]);
    expect([percent(400, 'simile'), percent(400, 'food'), percent(600, 'weekday')]).toEqual([65, 72, 38]);
    expect(['simile', 'food', 'weekday'].map(possible)).toEqual([69, 72, 89]);
    expect(outcome!.evaluations.at(-1)!.losses.mlm).toBeCloseTo(0.72, 3);
    expect(best.loss).toBeCloseTo(0.347, 3);
  });
  test('two holes look at a word of the first block, and that has looked at the place of the story', () => {
    const { original } = recording.probe;
    expect([7, 24, 27, 38].map((place) => recording.tokens[original[place]!])).toEqual([
      'lived',
      'drum',
      'school',
      'school',
    ]);
    expect([share(600, 1, 0, 38, 7), share(600, 1, 0, 24, 7), share(600, 0, 3, 7, 27)]).toEqual([88, 94, 76]);
    for (const hole of [24, 38]) expect(share(161, 1, 0, hole, 27)).toBeGreaterThan(70);
  });
  test('the words of the ending are all wrong', () => {
    const { guesses = [] } = recording.frames.at(-1)!;
    expect(guesses.filter(({ place }) => place >= 50).map(({ rank }) => rank > 1)).toEqual([true, true, true, true]);
  });
});

const prose = readFileSync('lessons/14-sparse-attention/lesson.md', 'utf8');

describe('what it says of its claim', () => {
  const results = async () => {
    const { outcomes, experiment } = (await loadResult('sparse-attention', 'one-step'))!;
    expect(experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('sparse-attention', 'one-step'))));
    return barsOf(experiment, outcomes, 'told');
  };
  const told = (values: readonly number[]) => [...values].sort((a, b) => a - b).map((bits) => bits.toFixed(2));
  test('with the first block in reach the words cost 1.87 to 3.24 bits, with neighbours alone more than 5.17', async () => {
    const [global, window, random] = await results();
    expect(told(global!.values)).toEqual(['1.87', '3.18', '3.24']);
    expect(told(window!.values)).toEqual(['5.57', '5.66', '5.69']);
    expect(told(random!.values)).toEqual(['5.74', '5.76', '5.79']);
  });
  test('that is shown, and so is it that random blocks leave it a little behind', async () => {
    const [global, window, random] = await results();
    expect(verdictOf(global!, window!, 'lower')).toMatchObject({ ahead: global!.name, isShown: true, seeds: 3 });
    expect(verdictOf(random!, window!, 'lower')).toMatchObject({ ahead: window!.name, isShown: true, seeds: 3 });
  });
  test('two looks are found from one seed of three, one look from all, and neighbours alone stay above their bound', async () => {
    const { outcomes, experiment } = (await loadResult('sparse-attention', 'two-steps'))!;
    expect(experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('sparse-attention', 'two-steps'))));
    const bits = barsOf(experiment, outcomes, 'told').map(({ values }) => values.map((one) => one.toFixed(2)));
    expect(bits).toEqual([
      ['0.04', '0.12', '0.59'],
      ['5.22', '2.63', '5.27'],
      ['5.23', '5.25', '5.21'],
    ]);
    const [all, board, window] = bits as [string[], string[], string[]];
    expect(prose).toContain(`- **Every block**: ${all[0]}, ${all[1]} and ${all[2]} bits.`);
    expect(prose).toContain(`first and last**: ${board[0]}, **${board[1]}** and ${board[2]} bits`);
    expect(prose).toContain(`alone**: ${window[0]}, ${window[1]} and ${window[2]} bits`);
  });
  test('and the quiz asks about those very runs', async () => {
    const of = async (id: string) => {
      const { outcomes, experiment } = (await loadResult('sparse-attention', id))!;
      const bars = barsOf(experiment, outcomes, 'told');
      return Object.fromEntries(bars.map(({ name, values }) => [name, values.map((one) => Number(one.toFixed(2)))]));
    };
    const [near, far] = [await of('one-step'), await of('two-steps')];
    expect(measured.near).toEqual({
      'its neighbours': near['neighbours alone'],
      'its neighbours, the first and the last': near['neighbours, first and last'],
      'its neighbours and a random one': near['neighbours and a random one'],
    });
    expect(measured.far).toEqual({
      'every block': far['every block'],
      'its neighbours': far['neighbours alone'],
      'its neighbours, the first and the last': far['neighbours, first and last'],
    });
  });
});
