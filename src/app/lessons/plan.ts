import * as v from 'valibot';
import { blaming } from './mistake.ts';
import { readYaml } from './yaml.ts';

/** How long a lesson lasts at school, in minutes. */
export const schoolHour = 45;

const text = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const part = v.strictObject({
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The step of the lesson that is on the wall. */
  step: text,
  /** What the teacher does. */
  show: text,
  /** What is asked of the class, and what is to be said in the end. */
  ask: v.optional(text),
  answer: v.optional(text),
  /** At a step with a lab: the step of the training at which to stop and read. */
  stop: v.optional(count),
});

const schema = v.strictObject({
  /** What is to be done before the class comes. */
  before: v.optional(text),
  parts: v.pipe(v.array(part), v.minLength(3)),
  /** What is left to do at home. */
  home: v.optional(text),
});

/** How a lesson is taught to a class in 45 minutes. */
export type Plan = v.InferOutput<typeof schema>;
export type PlanPart = Plan['parts'][number];

/**
 * Reads `plan.yaml` of a lesson with these steps. Throws a `LessonMistake` with file and line for what does not fit,
 * for a step that the lesson does not have, and where the minutes are not those of a school hour.
 */
export function readPlan(source: string, file: string, steps: ReadonlySet<string>): Plan {
  const blame = blaming(file);
  const plan = readYaml(source, schema, 1, blame);
  const lines = source.split(/\r?\n/);
  for (const { step } of plan.parts)
    if (!steps.has(step)) {
      const at = lines.findIndex((line) => line.trim().replace(/^- /, '') === `step: ${step}`);
      blame(at + 1, `the lesson has no step "${step}"; it has ${[...steps].join(', ')}.`);
    }
  const minutes = plan.parts.reduce((sum, one) => sum + one.minutes, 0);
  if (minutes !== schoolHour) blame(1, `its parts take ${minutes} minutes together, not ${schoolHour}.`);
  return plan;
}
