import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClient, type Port } from '../../src/training/client.ts';
import type { Command, Message } from '../../src/training/protocol.ts';
import { withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from './fake-session.ts';

const example = { inputIds: [2, 10, 4, 11, 3], segments: [0, 0, 0, 0, 0], labels: [-100, -100, 12, -100, -100] };

let expected: readonly (number | undefined)[] = [];
beforeAll(async () => {
  const calm = fakeSession();
  await calm.receive({ type: 'start', run: tiny });
  await calm.receive({ type: 'resume' });
  expected = calm.losses();
  expect(expected).toHaveLength(9);
});

const failures = (heard: readonly Message[]) => heard.filter(({ type }) => type === 'failed' || type === 'stranded');

describe('a context lost', () => {
  it('while the engine is warm and no run has begun is made anew, and the run starts as ever', async () => {
    const one = fakeSession();
    await one.receive({ type: 'warm' });
    one.device.lose();
    await one.until('recovered');
    expect(one.heard).toContainEqual({ type: 'recovered', step: undefined });
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'resume' });
    expect(one.losses()).toEqual(expected);
    expect(failures(one.heard)).toEqual([]);
  });

  it.each(['Reading the text', 'Learning a vocabulary', 'Building the model'])(
    'at "%s" does not show in the run',
    async (stage) => {
      const one = fakeSession();
      one.loseAt((message) => message.type === 'stage' && message.text === stage);
      await one.receive({ type: 'start', run: tiny });
      await one.receive({ type: 'runTo', step: 3 });
      expect(one.heard.filter(({ type }) => type === 'recovered')).toHaveLength(1);
      expect(one.losses()).toEqual(expected.slice(0, 3));
      expect(failures(one.heard)).toEqual([]);
    },
  );

  it('between being ready and the start of the model does not show in the run', async () => {
    const one = fakeSession();
    one.loseAt(({ type }) => type === 'ready');
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'runTo', step: 3 });
    expect(one.losses()).toEqual(expected.slice(0, 3));
    expect(failures(one.heard)).toEqual([]);
  });

  it('in training leaves the same curve', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    one.loseAt(({ type }) => type === 'evaluated');
    await one.receive({ type: 'resume' });
    expect(one.heard.filter(({ type }) => type === 'recovered')).toHaveLength(1);
    expect(one.losses()).toEqual(expected);
    expect(one.heard.at(-1)).toEqual({ type: 'done', step: 9 });
  });

  it('while it evaluates leaves every evaluation made', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    one.loseAt((message) => message.type === 'steps' && message.steps.at(-1)?.step === 8);
    await one.receive({ type: 'resume' });
    expect(new Set(one.evaluations())).toEqual(new Set([0, 4, 8, 9]));
    expect(one.losses()).toEqual(expected);
  });

  it('while it saves at its goal leaves the run at that goal', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    one.loseAt((message) => message.type === 'steps' && message.steps.at(-1)?.step === 5);
    await one.receive({ type: 'runTo', step: 5 });
    expect(one.heard.at(-1)).toEqual({ type: 'paused', step: 5 });
    expect(failures(one.heard)).toEqual([]);
  });

  it('at a pause comes back at the same step', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'runTo', step: 3 });
    one.device.lose();
    await one.until('recovered');
    expect(one.heard.at(-1)).toEqual({ type: 'paused', step: 3 });
    await one.receive({ type: 'resume' });
    expect(one.losses()).toEqual(expected);
  });

  it.each([0, 3, 9])('%s turns into a question leaves its answer as it is', async (turns) => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'runTo', step: 3 });
    const ask = async (id: number) => {
      const told = one.receive({ type: 'inspect', id, example, taps: ['hidden.1'] });
      if (id === 2) {
        for (let i = 0; i < turns; i++) await null;
        one.device.lose();
      }
      await told;
      return one.heard.find((message) => message.type === 'answer' && message.id === id);
    };
    const [before, after] = [await ask(1), await ask(2)];
    expect(after).toEqual({ ...before, id: 2 });
  });

  it.each([0, 6])('%s turns into writing leaves the text as it is', async (turns) => {
    const run = withSettings(tiny, { architecture: 'bart', noising: 'denoise', noisingOptions: { spans: 'sentence' } });
    const one = fakeSession();
    await one.receive({ type: 'start', run });
    await one.receive({ type: 'runTo', step: 1 });
    const write = async (id: number) => {
      const told = one.receive({
        type: 'write',
        id,
        example: { ...example, labels: [2, 10, 12, 11, 3], decoderInputIds: [3, 2, 10, 12, 11] },
        taps: [],
      });
      if (id === 2) {
        for (let i = 0; i < turns; i++) await null;
        one.device.lose();
      }
      await told;
      return one.heard.find((message) => message.type === 'written' && message.id === id);
    };
    const [before, after] = [await write(1), await write(2)];
    expect(before).toBeDefined();
    expect(after).toEqual({ ...before, id: 2 });
  });

  it('while an old state is looked at shows it again, and the newest is not forgotten', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'runTo', step: 2 });
    await one.receive({ type: 'runTo', step: 6 });
    await one.receive({ type: 'show', step: 2 });
    one.device.lose();
    await one.until('recovered');
    expect(one.heard.slice(-2)).toEqual([
      { type: 'paused', step: 6 },
      { type: 'shown', step: 2 },
    ]);
    await one.receive({ type: 'resume' });
    expect(one.losses()).toEqual(expected);
  });

  it.each(['rewind', 'restore'] as const)('just before %s does not hinder it', async (type) => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'runTo', step: 3 });
    one.device.lose();
    await one.receive({ type });
    expect(one.heard.at(-1)).toMatchObject({ type: 'started', step: type === 'rewind' ? 0 : 3 });
  });
});

/** A client over a first session that gets no new context, and a second one on the page. */
function client(hasWebgl2: boolean) {
  const document = { createElement: () => ({ getContext: () => (hasWebgl2 ? { getExtension: () => null } : null) }) };
  vi.stubGlobal('document', document);
  onTestFinished(() => void vi.unstubAllGlobals());
  const [worker, page] = [fakeSession({ canRebuild: false }), fakeSession()];
  const portOf = ({ receive, listen }: ReturnType<typeof fakeSession>): Port => ({
    send: (command: Command) => void receive(command),
    listen,
    close: () => undefined,
  });
  const heard: Message[] = [];
  const made = createClient(
    (message) => heard.push(message),
    () => portOf(worker),
    () => portOf(page),
  );
  const until = async (type: Message['type'], from = 0) => {
    await expect.poll(() => heard.slice(from).some((one) => one.type === type), { timeout: 20_000 }).toBe(true);
  };
  return { made, heard, worker, page, until };
}

describe('where a worker gets no new context', () => {
  it('the run goes on on the page with the same curve, and what was asked is answered', async () => {
    const { made, heard, worker, page, until } = client(true);
    made.send({ type: 'start', run: tiny });
    await until('started');
    made.send({ type: 'runTo', step: 3 });
    await until('paused');
    const before = await made.inspect(example, ['hidden.1']);
    worker.device.lose();
    expect(await made.inspect(example, ['hidden.1'])).toEqual(before);
    expect(heard).toContainEqual({ type: 'recovered', step: 3 });
    made.send({ type: 'resume' });
    await until('done');
    expect([...worker.losses(), ...page.losses()]).toEqual(expected);
    expect(heard.filter(({ type }) => type === 'failed')).toEqual([]);
  });

  it('a run in training goes on to its goal', async () => {
    const { made, worker, page, until } = client(true);
    made.send({ type: 'start', run: tiny });
    await until('started');
    worker.loseAt((message) => message.type === 'evaluated' && message.at.step === 4);
    made.send({ type: 'resume' });
    await until('done');
    expect(page.losses()).toEqual(expected);
  });

  it('a run that is being prepared is prepared on the page', async () => {
    const { made, worker, page, until } = client(true);
    made.send({ type: 'warm' });
    await until('ready');
    worker.device.lose();
    made.send({ type: 'start', run: tiny });
    await until('started');
    expect(page.heard.some(({ type }) => type === 'started')).toBe(true);
  });

  it('and the page has none either, a sentence says the way out', async () => {
    const { made, heard, worker, until } = client(false);
    made.send({ type: 'start', run: tiny });
    await until('started');
    worker.device.lose();
    await until('failed');
    const said = heard.find(({ type }) => type === 'failed');
    expect(said).toMatchObject({ code: 'context-lost', text: expect.stringMatching(/Reload the page/) });
    const from = heard.length;
    made.send({ type: 'start', run: tiny });
    await until('failed', from);
  });
});
