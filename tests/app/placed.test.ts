import { describe, expect, it } from 'vitest';
import { keyOf, type StepOfAct, stageAt } from '../../src/app/placed.ts';
import type { Part } from '../../src/lesson.ts';

const prose: Part = { kind: 'prose', html: '<p>Look.</p>' };
const picture = (name: string): Part => ({ kind: 'panel', name, props: {}, caption: '' });
const step = (act: string, ...parts: readonly Part[]): StepOfAct => ({ act, id: 'x', title: 'X', parts });

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

  it('tells pictures apart by what they are and by their name', () => {
    const named = (kind: 'figure' | 'panel', name: string) => keyOf({ kind, name, props: {}, caption: '' });
    expect(new Set([named('figure', 'pair'), named('panel', 'pair'), named('panel', 'order')]).size).toBe(3);
  });
});
