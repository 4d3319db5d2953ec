import { describe, expect, it } from 'vitest';
import { guessesOf } from '../../src/training/frame.ts';
import { frameSteps } from '../../src/training/frames.ts';
import type { Frame, ProbeRows } from '../../src/training/probed.ts';
import type { Message } from '../../src/training/protocol.ts';
import type { Settings } from '../../src/training/run.ts';
import { withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from './fake-session.ts';
import { memoryStore } from './memory-store.ts';

/** A run of so many updates says all there is to say here. */
const steps = 4;
const probe = { sentence: 'on monday mira went to the forest .', hidden: [2, 3] };
const stepped = (heard: readonly Message[]) =>
  heard.flatMap((message) => (message.type === 'steps' ? message.steps : [])).map(({ step, loss }) => ({ step, loss }));
const framed = (heard: readonly Message[]): readonly Frame[] =>
  heard.flatMap((message) => (message.type === 'framed' && message.isKept ? [message.frame] : []));
const rowsOf = (heard: readonly Message[]): ProbeRows =>
  heard.flatMap((message) => (message.type === 'started' && message.history.probe ? [message.history.probe] : []))[0]!;

const recipes: Readonly<Record<string, Settings>> = {
  mlm: {},
  causal: { noising: 'causal', noisingOptions: {} },
  nsp: { pairing: 'nsp', pairingOptions: { sentencesPerSegment: 1 }, maxLength: 30 },
  plm: { architecture: 'xlnet', noising: 'plm', noisingOptions: {} },
  rtd: { architecture: 'electra', noising: 'rtd', noisingOptions: {} },
  denoise: { architecture: 'bart', noising: 'denoise', noisingOptions: {} },
};

async function trained(settings: Settings, asked: typeof probe | undefined = probe, store = memoryStore()) {
  const session = fakeSession({ store });
  const run = withSettings(tiny, { steps, ...settings });
  await session.receive({ type: 'start', run, probe: asked });
  await session.receive({ type: 'resume' });
  return { ...session, run };
}

describe('a run with a probe', () => {
  it.each([
    ['mlm', 'guesses'],
    ['causal', 'guesses'],
    ['plm', 'guesses'],
    ['nsp', 'verdicts'],
    ['rtd', 'judged'],
    ['denoise', 'written'],
  ] as const)('keeps frames of what it is trained for, and trains as it does without: %s', async (recipe, answer) => {
    const { heard, losses } = await trained(recipes[recipe]!);
    const [rows, frames] = [rowsOf(heard), framed(heard)];
    expect(frames.map(({ step }) => step)).toEqual(frameSteps(steps));
    expect(losses()).toEqual((await trained(recipes[recipe]!, undefined)).losses());
    const last = frames.at(-1)!;
    expect(Object.keys(last.values).some((name) => name.includes('attention'))).toBe(true);
    expect(last[answer]?.length).toBeGreaterThan(0);
    if (answer === 'verdicts') expect(last.verdicts).toHaveLength(rows.examples.length);
    if (answer === 'judged') expect(last.judged).toHaveLength(rows.original.length);
    const asked = probe.hidden.map((at) => rows.original[at]);
    if (answer === 'guesses') expect(last.guesses!.map(({ truth }) => truth.id)).toEqual(asked);
  });

  it('shows in its last frame what the model says when it is asked then', async () => {
    const { heard, receive } = await trained(recipes.mlm!);
    const [example] = rowsOf(heard).examples;
    await receive({ type: 'inspect', id: 1, example: example!, taps: ['logits.logits', 'attention.0', 'hidden.1'] });
    const answer = heard.findLast((message) => message.type === 'answer');
    const { value } = answer!;
    const logits = value['logits.logits'] ?? value['logits.prediction_logits'];
    const frame = framed(heard).at(-1)!;
    if (logits) expect(frame.guesses).toEqual(guessesOf(example!, logits));
    const { data, scale } = frame.values['attention.0']!;
    const width = example!.inputIds.length;
    const seen = value['attention.0']!;
    const keys = seen.shape[3]!;
    for (let i = 0; i < width; i++)
      for (let j = 0; j < width; j++)
        expect(Math.abs(data[i * width + j]! * scale - seen.data[i * keys + j]!)).toBeLessThan(0.0021);
  });

  it('takes its frames up again where it was left, and forgets those of another sentence', async () => {
    const store = memoryStore();
    const first = await trained({}, probe, store);
    const again = fakeSession({ store });
    await again.receive({ type: 'start', run: first.run, resume: true, probe });
    const history = (message: Message | undefined) => (message?.type === 'started' ? message.history : undefined);
    const started = () => history(again.heard.findLast(({ type }) => type === 'started'));
    expect(started()?.frames).toEqual(framed(first.heard));
    await again.receive({ type: 'probe', probe: { ...probe, hidden: [3] } });
    const asked = again.heard.findLast((message) => message.type === 'probed');
    expect(asked?.probe?.examples[0]?.labels.filter((label) => label >= 0)).toHaveLength(1);
    expect(again.heard.at(-1)).toMatchObject({ type: 'framed', isKept: false, frame: { step: steps } });
    await again.receive({ type: 'rewind' });
    expect(started()?.frames).toEqual([]);
  });

  it('that is asked about another sentence says nothing more about the one before', async () => {
    const { heard, receive } = fakeSession({ store: memoryStore() });
    await receive({ type: 'start', run: withSettings(tiny, { steps }), probe });
    const training = receive({ type: 'resume' });
    await Promise.all([receive({ type: 'glance' }), receive({ type: 'probe', probe: { ...probe, hidden: [3] } })]);
    await training;
    const since = heard.slice(heard.findLastIndex(({ type }) => type === 'probed'));
    const guesses = since.flatMap((message) => (message.type === 'framed' ? [message.frame.guesses?.length] : []));
    expect(guesses.length).toBeGreaterThan(0);
    expect(new Set(guesses)).toEqual(new Set([1]));
  });

  it('that was set back has no frames of what lies ahead, and makes the same ones again', async () => {
    const { heard, receive } = await trained({});
    const before = framed(heard);
    await receive({ type: 'rewind' });
    expect(heard.findLast((message) => message.type === 'started')?.history.frames).toHaveLength(1);
    const from = heard.length;
    await receive({ type: 'resume' });
    expect(framed(heard.slice(from))).toEqual(before.slice(1));
  });

  it('that was set back to a step goes on from the last state kept up to there, with the same numbers', async () => {
    const from = 2;
    const { heard, receive } = fakeSession({ store: memoryStore() });
    await receive({ type: 'start', run: withSettings(tiny, { steps }), probe });
    await receive({ type: 'runTo', step: from });
    await receive({ type: 'resume' });
    const before = { frames: framed(heard), losses: stepped(heard) };
    const said = heard.length;
    await receive({ type: 'rewind', to: steps - 1 });
    expect(heard.at(-1)).toMatchObject({ type: 'started', step: from });
    await receive({ type: 'resume' });
    const since = heard.slice(said);
    expect(framed(since)).toEqual(before.frames.filter(({ step }) => step > from));
    expect(stepped(since)).toEqual(before.losses.filter(({ step }) => step > from));
  });

  it.each(['mlm', 'rtd', 'denoise'])(
    'that is asked over and over trains to its end, and rests once: %s',
    async (recipe) => {
      const asked = fakeSession({ store: memoryStore() });
      const { heard, receive } = asked;
      await receive({ type: 'start', run: withSettings(tiny, { steps, ...recipes[recipe] }), probe });
      let isAtEnd = false;
      const training = receive({ type: 'resume' }).then(() => {
        isAtEnd = true;
      });
      // As a page does that has nothing to wait for: it asks again as soon as it has its answer, by a task of its own.
      while (!isAtEnd && !heard.some(({ type }) => type === 'done')) {
        await receive({ type: 'glance' });
        await new Promise((resolve) => setTimeout(resolve));
      }
      await training;
      expect(heard.filter(({ type }) => type === 'paused' || type === 'done')).toEqual([{ type: 'done', step: steps }]);
      expect(asked.losses()).toEqual((await trained(recipes[recipe]!)).losses());
    },
  );

  it('says something of its probe whenever it is asked', async () => {
    for (const recipe of ['mlm', 'denoise']) {
      const { heard, receive } = await trained(recipes[recipe]!);
      await receive({ type: 'glance' });
      const { step: _, ...last } = framed(heard).at(-1)!;
      expect(heard.at(-1)).toMatchObject({ type: 'framed', isKept: false, frame: last });
    }
  });
});
