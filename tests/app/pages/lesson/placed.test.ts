import { describe, expect, it } from 'vitest';
import { type StepOfAct, stageAt } from '../../../../src/app/pages/lesson/placed.ts';
import type { Part } from '../../../../src/lesson.ts';

const prose: Part = { kind: 'prose', html: '<p>Look.</p>' };
const picture = (name: string): Part => ({ kind: 'panel', name, props: {}, caption: '' });
const step = (act: string, ...parts: readonly Part[]): StepOfAct => ({
  act,
  id: `${act} ${parts.length}`,
  title: 'X',
  parts,
});

const steps = [
  step('See', prose, picture('masking')),
  step('See', prose),
  step('Train', prose),
  step('Train', picture('training'), prose, picture('probe')),
];
const namesAt = (index: number) => stageAt(steps, index).map(({ name }) => name);

describe('the stage of a lesson', () => {
  it('holds the pictures of its step in their order, without the prose', () => {
    expect(namesAt(0)).toEqual(['masking']);
    expect(namesAt(3)).toEqual(['training', 'probe']);
  });

  it('leaves the last picture standing for a step without one', () => {
    expect(namesAt(1)).toEqual(['masking']);
  });

  it('is empty rather than showing a picture of the act before', () => {
    expect(namesAt(2)).toEqual([]);
    expect(namesAt(9)).toEqual([]);
  });

  it('tells pictures of one name apart by their step and their place in it', () => {
    const claims = [step('Claim', picture('claim'), picture('claim')), step('Claim', picture('claim'))];
    const keys = [0, 1].flatMap((index) => stageAt(claims, index).map(({ key }) => key));
    expect(new Set(keys).size).toBe(3);
  });

  it('keeps a picture the same while steps without one of their own follow', () => {
    expect(stageAt(steps, 1)[0]!.key).toBe(stageAt(steps, 0)[0]!.key);
  });
});
