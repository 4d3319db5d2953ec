import { describe, expect, it } from 'vitest';
import { readPlan } from '../../src/app/lessons/plan.ts';

const part = (step: string, minutes: number) => `  - step: ${step}\n    minutes: ${minutes}\n    show: Show it.\n`;
const plan = (...parts: readonly string[]) => `parts:\n${parts.join('')}`;
const steps = new Set(['a', 'b', 'c']);
const mistake = (source: string) => {
  try {
    readPlan(source, 'lessons/01-x/plan.yaml', steps);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no mistake';
};

describe('a plan', () => {
  it('is the parts of a school hour', () => {
    const { parts } = readPlan(plan(part('a', 5), part('b', 30), part('a', 10)), 'plan.yaml', steps);
    expect(parts.map(({ step, minutes }) => [step, minutes])).toEqual([
      ['a', 5],
      ['b', 30],
      ['a', 10],
    ]);
  });

  it('that does not add up, or names a step that is not there, is refused with file and line', () => {
    expect(mistake(plan(part('a', 5), part('b', 30), part('a', 9)))).toBe(
      'lessons/01-x/plan.yaml:1 its parts take 44 minutes together, not 45.',
    );
    expect(mistake(plan(part('a', 5), part('z', 30), part('a', 10)))).toBe(
      'lessons/01-x/plan.yaml:5 the lesson has no step "z"; it has a, b, c.',
    );
    expect(mistake('parts: 3')).toMatch(/^lessons\/01-x\/plan\.yaml:1 parts: /);
    expect(mistake(`${plan(part('a', 5), part('b', 30), part('a', 10))}later: x\n`)).toMatch(/plan\.yaml:\d+ /);
  });
});
