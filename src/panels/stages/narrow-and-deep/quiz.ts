import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { choice, type Question, type Quiz, type QuizText, shuffled } from '../../quiz.ts';

const texts = (list: readonly string[]) => list.map((text) => ({ text }));
const different = (right: string, wrong: readonly string[]) =>
  texts([...new Set(wrong)].filter((one) => one !== right).slice(0, 3));

/** The floors of a tower, counted from 1, with a dot below those that are meant. */
const floorsOf = (count: number, isMeant: (floor: number) => boolean = () => false): readonly Chip[] =>
  Array.from({ length: count }, (_, i) => ({ token: `floor ${i + 1}`, scored: isMeant(i + 1) }));

/** Which floor learns at a step, where so many steps are shared by so many floors. Sun et al. 2020, §3.3, and code. */
export const floorAt = (step: number, steps: number, floors: number): number => Math.ceil((step * floors) / steps);

function phase(_: QuizText, rng: Rng): Question {
  const floors = [4, 6, 8, 12, 24][rng.int(5)]!;
  const each = [10, 50, 100, 250][rng.int(4)]!;
  const steps = floors * each;
  const floor = 2 + rng.int(floors - 2);
  // Never on the border between two floors.
  const step = (floor - 1) * each + 1 + rng.int(each - 2);
  const right = `floor ${floorAt(step, steps, floors)}`;
  const wrong = [`floor ${floors + 1 - floor}`, 'all floors', `floor ${floor - 1}`, `floor ${floor + 1}`];
  return {
    prompt: `A student of ${floors} floors is lifted in ${steps.toLocaleString('en')} steps, a floor after the other. Which floor is taught at step ${step.toLocaleString('en')}?`,
    rows: [{ label: 'The floors, from below', areFacts: true, chips: floorsOf(floors) }],
    ask: choice({ text: right }, different(right, wrong), rng),
    answer: { label: 'A dot: it is taught', areFacts: true, chips: floorsOf(floors, (one) => one === floor) },
    why: `${steps.toLocaleString('en')} steps for ${floors} floors are ${each} for each, and the lift begins below: steps ${((floor - 1) * each + 1).toLocaleString('en')} to ${(floor * each).toLocaleString('en')} belong to floor ${floor}.`,
  };
}

function rate(_: QuizText, rng: Rng): Question {
  const floors = 4 + rng.int(5);
  const active = 2 + rng.int(floors - 2);
  const place = rng.int(3);
  const at = [active - 1, active, active + 1][place]!;
  const rights = ['a tenth of the full rate', 'the full rate', 'none: it does not learn yet'];
  const right = rights[place]!;
  const wrong = [...rights, 'half of the full rate', 'twice the full rate'];
  return {
    prompt: `Floor ${active} is being taught. At what rate does floor ${at} learn, in the published code?`,
    rows: [
      {
        label: 'The floors, from below; a dot is below the one being taught',
        areFacts: true,
        chips: floorsOf(floors, (one) => one === active),
      },
    ],
    ask: choice({ text: right }, different(right, shuffled(wrong, rng)), rng),
    answer: { label: `Floor ${at}`, areFacts: true, chips: floorsOf(floors, (one) => one === at) },
    why: [
      'Floors below are not frozen. They go on at a tenth of the rate, so that they can settle.',
      'The floor whose turn it is learns at the full rate.',
      'Floors above wait: what they would read is not yet what it should be.',
    ][place]!,
  };
}

/** Widths of a teacher and a student that may be given: between floors, and inside. */
const shapes = [
  { between: 512, teacher: 1024, student: 128 },
  { between: 256, teacher: 512, student: 64 },
  { between: 64, teacher: 96, student: 16 },
  { between: 384, teacher: 768, student: 96 },
] as const;

function width(_: QuizText, rng: Rng): Question {
  const { between, teacher, student } = shapes[rng.int(shapes.length)]!;
  const right = `the teacher’s ${between} and the student’s ${between}`;
  const wrong = [
    `the teacher’s ${teacher} and the student’s ${student}`,
    `the teacher’s ${teacher} and the student’s ${between}`,
    'all four',
    'none: a map can be learned in between',
  ];
  const row = {
    label: 'Widths',
    areFacts: true,
    chips: [
      { token: `teacher: ${between} between floors` },
      { token: `${teacher} inside` },
      { token: `student: ${between} between floors` },
      { token: `${student} inside` },
    ],
  };
  return {
    prompt: 'Which of these widths must agree, so that a floor can be held against the teacher’s number by number?',
    rows: [row],
    ask: choice({ text: right }, different(right, shuffled(wrong, rng)), rng),
    answer: row,
    why: `What leaves a floor is compared, and both leave ${between} numbers a token. Inside, each may be as wide as it likes: that is what the bottlenecks are for. (The words for the two are easily mixed up: inter-block is between floors, intra-block inside.)`,
  };
}

const losses = {
  lift: ['states', 'attention maps'],
  words: ['right words', 'teacher’s words', 'next sentence'],
} as const;

function loss(_: QuizText, rng: Rng): Question {
  const isLift = rng.int(2) === 0;
  const right = isLift ? 'states and attention maps' : 'the right words, the teacher’s words, and next sentences';
  const wrong = [
    'states and attention maps',
    'the right words, the teacher’s words, and next sentences',
    'states, attention maps and the right words',
    'the teacher’s words alone',
  ];
  const meant: readonly string[] = isLift ? losses.lift : losses.words;
  return {
    prompt: isLift
      ? 'The lift is under way. Which losses move the student?'
      : 'The lift has come to the top. Which losses move the student from now on?',
    rows: [
      {
        label: 'All that could be asked',
        areFacts: true,
        chips: [...losses.lift, ...losses.words].map((token) => ({ token })),
      },
    ],
    ask: choice({ text: right }, different(right, wrong), rng),
    answer: {
      label: 'A dot: it counts now',
      areFacts: true,
      chips: [...losses.lift, ...losses.words].map((token) => ({ token, scored: meant.includes(token) })),
    },
    why: isLift
      ? 'Floor by floor the student only copies: the states that leave the floor, and where its heads look. Words are not asked for yet; their loss falls all the same.'
      : 'Then the rungs are let go, and all floors learn together from words: labels that are half truth and half teacher, and the question about pairs.',
  };
}

/** Weights of the maps in a floor: those that the attention uses, its two narrowings included, and a feed-forward. */
export function balanceOf(between: number, inside: number, inner: number, feedForwards: number) {
  const attention = 3 * inside * inside + between * inside + 2 * between * inside;
  return { attention, feedForward: feedForwards * 2 * inside * inner };
}

function balance(_: QuizText, rng: Rng): Question {
  const inside = [16, 32, 64, 128][rng.int(4)]!;
  const between = 4 * inside;
  const inner = between;
  const many = [1, 2, 3, 4][rng.int(4)]!;
  const { attention, feedForward } = balanceOf(between, inside, inner, many);
  const said = (ratio: number) => `${ratio.toFixed(2)} : 1`;
  const right = said(attention / feedForward);
  const wrong = [
    '0.50 : 1',
    said(attention / (feedForward / many)),
    said(feedForward / attention),
    said((3 * inside * inside) / feedForward),
    said((attention / feedForward) * 2),
  ];
  return {
    prompt: `A floor is ${between} wide between floors and ${inside} inside. Its attention has ${attention.toLocaleString('en')} weights in its maps, narrowings included. Behind it stand ${many === 1 ? 'one feed-forward network' : `${many} feed-forward networks`} of ${inside} → ${inner} → ${inside}. How does attention relate to feed-forward?`,
    rows: [
      {
        label: 'One floor',
        areFacts: true,
        chips: [
          { token: `attention ${attention.toLocaleString('en')}` },
          ...Array.from({ length: many }, () => ({ token: `${inside} → ${inner} → ${inside}` })),
        ],
      },
    ],
    ask: choice({ text: right }, different(right, wrong), rng),
    answer: {
      label: 'Weights in the maps',
      areFacts: true,
      chips: [
        { token: `attention ${attention.toLocaleString('en')}` },
        { token: `feed-forward ${feedForward.toLocaleString('en')}` },
      ],
    },
    why: `A feed-forward network has two maps, ${inside} × ${inner} each: ${(2 * inside * inner).toLocaleString('en')} weights${many === 1 ? '' : `, ${many} of them ${feedForward.toLocaleString('en')}`}. ${attention.toLocaleString('en')} ÷ ${feedForward.toLocaleString('en')} = ${(attention / feedForward).toFixed(2)}. 1 : 2 holds for a plain layer, where all is equally wide.`,
  };
}

/** Questions about transfer floor by floor. */
export const quiz: Quiz = { makers: { phase, rate, width, loss, balance } };
