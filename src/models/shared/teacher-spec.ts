import { AppError } from '../../core/errors.ts';
import type { AnyBlueprint, TeacherModel } from '../architecture.ts';

/** What a teacher that lacks something is refused with. */
const refuse = ({ name }: AnyBlueprint, lack: string): never => {
  throw new AppError('bad-option', `${name} cannot be the teacher: ${lack}. Choose another one.`, 'teacher');
};

/** Refuses a teacher whose sizes of these names are not the student's. */
export function likeStudent(teacher: TeacherModel, student: object, names: readonly string[]): void {
  const [ours, theirs] = [student, teacher.config].map((config) => config as Readonly<Record<string, unknown>>);
  for (const name of names)
    if (theirs![name] !== ours![name])
      refuse(teacher.blueprint, `it has ${name} ${theirs![name] ?? 'unsaid'}, and this model ${ours![name]}`);
}

/** The name of a teacher's logits over the vocabulary, as `taught` takes it: `logits.prediction_logits`. */
export function tokenLogits({ blueprint }: TeacherModel): string {
  const asked = Object.values(blueprint.questions).find(({ kind, per }) => kind === 'token' && per === 'slot');
  return asked ? `logits.${asked.logits}` : refuse(blueprint, 'it predicts no tokens');
}

/** The names of the taps with these axes, from the first layer on. */
const tapsWith = ({ blueprint, config }: TeacherModel, axes: readonly string[]) =>
  blueprint.taps(config).flatMap((tap) => (tap.axes.join() === axes.join() ? [tap.name] : []));

/** What goes into the first layer of a teacher and what comes out of each: [batch, seq, hidden]. */
export function hiddenStates(teacher: TeacherModel): readonly string[] {
  const names = tapsWith(teacher, ['batch', 'seq', 'hidden']);
  return names.length > 0 ? names : refuse(teacher.blueprint, 'its hidden states cannot be looked at');
}

/** The attention maps of a teacher's layers: [batch, head, query, key]. */
export function attentionMaps(teacher: TeacherModel): readonly string[] {
  const names = tapsWith(teacher, ['batch', 'head', 'query', 'key']);
  return names.length > 0 ? names : refuse(teacher.blueprint, 'its attention cannot be looked at');
}
