import { describe, expect, it } from 'vitest';
import { phaseAt, stepsOf } from '../../src/training/phases.ts';
import { runFields } from '../../src/training/run.ts';
import { checkRun } from '../../src/training/run-checks.ts';
import { defaultRun, departures, keyOf, runFrom, settingsOf, withSettings } from '../../src/training/settings.ts';

const schedule = { learningRate: 0.01, warmup: 5, decayFrom: 1 };
const threefold = [
  { steps: 10, schedule, without: ['noising', 'pairing'], trainable: ['model.bert.encoder.layer.0.'] },
  { steps: 20, schedule, noisingOptions: { rate: 0.3 } },
  { steps: 30, schedule },
];

describe('the settings of a run', () => {
  it('say all of it: from them the very run is made again, whatever order they stand in', () => {
    const run = runFrom({ noising: 'rtd', steps: 700, warmUpSteps: 200, warmUpOptions: { rate: 0.3 }, seed: '7' });
    expect(runFrom(settingsOf(run))).toEqual(run);
    const turned = Object.fromEntries(Object.entries(settingsOf(run)).reverse());
    expect(runFrom(turned)).toEqual(run);
    const many = withSettings(run, { phases: threefold });
    expect(runFrom(settingsOf(many)).phases).toEqual(threefold);
  });

  it('have each a place of its own: what one sets, only it reads', () => {
    for (const { key, usual, kind } of runFields) {
      if (kind.type !== 'number') continue;
      const other = typeof usual === 'number' && usual < kind.max ? Math.min(kind.max, usual + 1) : kind.min;
      // What a first phase takes, the run must have.
      const basis = key === 'warmUpSteps' || key === 'steps' ? runFrom({ steps: 900 }) : defaultRun;
      expect(departures(withSettings(basis, { [key]: other }), basis)).toEqual({ [key]: other });
    }
  });

  it('that are as usual are in no key, so that a setting which comes later changes no key of before', () => {
    expect(keyOf(defaultRun)).toBe('run {}');
    expect(keyOf(runFrom({ layers: 3, noisingOptions: { b: 1, a: 2 } }))).toBe(
      'run {"layers":3,"noisingOptions":{"a":2,"b":1}}',
    );
    expect(keyOf(runFrom({ noisingOptions: { a: 2, b: 1 } }))).toBe(keyOf(runFrom({ noisingOptions: { b: 1, a: 2 } })));
  });

  it('are refused one by one, with the field', () => {
    const refused = (settings: object) => () => checkRun(runFrom({ ...settings }));
    expect(refused({})).not.toThrow();
    expect(refused({ layers: 0.5 })).toThrow('Layers is 0.5, but it must be a whole number from 1 to 12.');
    expect(refused({ hidden: 30, heads: 4 })).toThrow('The width 30 cannot be shared evenly by 4 heads.');
    expect(refused({ steps: 100, warmUpSteps: 100 })).toThrow('The first phase takes all 100 steps');
    expect(refused({ noisingOptions: 3 })).toThrow('Objective is 3, which cannot be meant.');
    expect(refused({ phases: threefold })).not.toThrow();
    expect(refused({ phases: [{ steps: 5, schedule, trainable: 'all' }] })).toThrow(
      'Phases is something else, which cannot be meant.',
    );
    expect(refused({ teacher: { run: {}, step: -1 } })).toThrow('Teacher is something else');
    expect(refused({ teacher: { run: { layers: 4 }, step: 100 } })).not.toThrow();
    expect(refused({ start: { file: 'bert.zip' } })).not.toThrow();
    expect(refused({ start: { file: 7 } })).toThrow('Weights from is something else');
  });
});

describe('the phases of a run', () => {
  it('follow one another: each step belongs to one, the last step to the last', () => {
    const run = { phases: threefold };
    expect(stepsOf(run)).toBe(60);
    const at = (step: number) => [threefold.indexOf(phaseAt(run, step).phase as never), phaseAt(run, step).before];
    expect([1, 10, 11, 30, 31, 60, 99].map(at)).toEqual([
      [0, 0],
      [0, 0],
      [1, 10],
      [1, 10],
      [2, 30],
      [2, 30],
      [2, 30],
    ]);
  });

  it('of a run with a warm-up on tokens are two: the pair is not asked about in the first', () => {
    const { phases } = runFrom({ steps: 1500, warmUpSteps: 600, warmUpOptions: { rate: 0.3 } });
    expect(phases.map(({ steps, without }) => [steps, without])).toEqual([
      [600, ['pairing']],
      [900, undefined],
    ]);
    expect(phases[0]!.noisingOptions).toEqual({ rate: 0.3 });
  });
});
