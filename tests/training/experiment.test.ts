import { expect, test } from 'vitest';
import type { Client } from '../../src/training/client.ts';
import { type Experiment, runExperiment } from '../../src/training/experiment.ts';
import { stepsOf } from '../../src/training/phases.ts';
import type { Command, Evaluation, Message } from '../../src/training/protocol.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';

const experiment: Experiment = {
  id: 'both',
  title: 'Both',
  base: { steps: 1 },
  seeds: ['1'],
  readBack: false,
  arms: [{ label: 'kinship', change: { pairing: 'nsp', pairingOptions: { sentencesPerSegment: 1 } } }],
};

/** A client whose runs are done at once, and which notes what it is asked to judge. */
function quickClient(asked: string[], said: readonly Message[] = []) {
  return (hear: (message: Message) => void): Client => ({
    send(command: Command) {
      if (command.type === 'start') {
        const history = { steps: [], evaluations: [] };
        hear({ type: 'started', run: command.run, step: 0, parameters: 1, history, kept: [] });
      } else if (command.type === 'resume') {
        for (const message of said) hear(message);
        hear({ type: 'done', step: 1 });
      }
    },
    inspect: async () => ({}),
    weights: async () => ({}),
    readBack: async () => undefined,
    async judgeBy(question): Promise<Evaluation> {
      if ('pairing' in question) {
        asked.push(question.pairing);
        return { step: 1, losses: {}, accuracies: { [question.pairing]: 0.5 } };
      }
      if ('hole' in question) {
        asked.push(`hole ${question.hole.class}`);
        return { step: 1, losses: { mlm: 2, best: 1 }, accuracies: {} };
      }
      asked.push(`from ${question.firstPlace}`);
      return { step: 1, losses: { mlm: question.firstPlace }, accuracies: {} };
    },
    write: async () => ({ ids: [], step: 0, taps: {} }),
    close: async () => undefined,
  });
}
const made = async (one: Experiment, asked: string[] = [], said?: readonly Message[]) =>
  (await runExperiment(one, () => undefined, new AbortController().signal, quickClient(asked, said))).outcomes;

test('a trained model is judged on each pairing that the experiment names, and the result holds it', async () => {
  const asked: string[] = [];
  const [outcome] = await made({ ...experiment, judgedOn: ['nsp', 'sop'] }, asked);
  expect(asked).toEqual(['nsp', 'sop']);
  expect(outcome?.judgedOn?.sop).toEqual({ step: 1, losses: {}, accuracies: { sop: 0.5 } });
});

test('a trained model is judged from each first place that the experiment names', async () => {
  const asked: string[] = [];
  const [outcome] = await made({ ...experiment, firstPlaces: [0, 8] }, asked);
  expect(asked).toEqual(['from 0', 'from 8']);
  expect(outcome?.from?.[8]?.losses).toEqual({ mlm: 8 });
});

test('a trained model is judged at each kind of hole that the experiment names, by its name', async () => {
  const asked: string[] = [];
  const holes = [{ name: 'food of a day', class: 'food', next: 'near' }];
  const [outcome] = await made({ ...experiment, holes }, asked);
  expect(asked).toEqual(['hole food']);
  expect(outcome?.holes?.['food of a day']?.losses).toEqual({ mlm: 2, best: 1 });
});

test('an arm with a run before its own trains that first, and begins with the weights it ends with', async () => {
  const trained: Run[] = [];
  const watching = (hear: (message: Message) => void): Client => {
    const client = quickClient([])(hear);
    return {
      ...client,
      send(command) {
        if (command.type === 'start') trained.push(command.run);
        client.send(command);
      },
    };
  };
  const arms = [{ label: 'tuned', before: { steps: 7 }, change: { steps: 3 } }];
  const { outcomes } = await runExperiment(
    { ...experiment, arms },
    () => undefined,
    new AbortController().signal,
    watching,
  );
  expect(outcomes).toHaveLength(1);
  expect(trained.map(stepsOf)).toEqual([7, 3]);
  expect(trained[0]!.model.start).toBeUndefined();
  expect(runFrom((trained[1]!.model.start as { readonly run: Settings }).run)).toEqual(trained[0]);
});

test('how the run that came first was judged at its end is stored with the arm', async () => {
  const at = { step: 7, losses: { mlm: 2 }, accuracies: {} };
  const arms = [
    { label: 'tuned', before: { steps: 7 }, change: { steps: 3 } },
    { label: 'not before', change: {} },
  ];
  const [tuned, other] = await made({ ...experiment, arms }, [], [{ type: 'evaluated', at }]);
  expect(tuned?.before).toEqual(at);
  expect(other && 'before' in other).toBe(false);
});

test('an experiment that names none has no such figure', async () => {
  expect((await made(experiment))[0]?.judgedOn).toBeUndefined();
});

test('of a run that is judged on the text it learns from, the mean losses of its batches are stored as well', async () => {
  const steps = [4, 2, 1].map((loss, i) => ({
    step: i + 1,
    loss,
    losses: { mlm: loss },
    atMs: 0,
    tokens: 1,
    scoredShare: 1,
  }));
  const sets = { sameText: { losses: { mlm: 5 }, accuracies: {} } };
  const judgedAt = (step: number, further = {}): Message => ({
    type: 'evaluated',
    at: { step, losses: { mlm: 6 }, accuracies: {}, ...further },
  });
  const said = (further = {}): readonly Message[] => [
    judgedAt(0, further),
    { type: 'steps', steps },
    judgedAt(2, further),
    judgedAt(3, further),
  ];
  expect((await made(experiment, [], said({ sets })))[0]?.batches).toEqual([
    { step: 2, losses: { mlm: 3 } },
    { step: 3, losses: { mlm: 1 } },
  ]);
  expect('batches' in (await made(experiment, [], said()))[0]!).toBe(false);
});
