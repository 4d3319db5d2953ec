import type { Rng } from '../../../core/rng.ts';
import type { Fact } from '../../compare/fact.ts';
import { type Pretrained, pretrained } from '../../compare/pretrained.ts';
import { choice, type Question, type Quiz, type QuizText, type Row, shuffled } from '../../quiz.ts';
import { brokenBy, ways } from '../../six-ways.ts';
import { headlines } from './headlines.ts';
import { scenario } from './scenario.ts';

const texts = (list: readonly string[]) => list.map((text) => ({ text }));
const pick = <T>(list: readonly T[], rng: Rng): T => list[rng.int(list.length)]!;

const objectives = {
  mlm: 'words hidden here and there (BERT)',
  nsp: 'does the second sentence follow? (BERT)',
  sop: 'which sentence came first? (ALBERT)',
  plm: 'the end of a random order (XLNet)',
  rtd: 'real or replaced, of every word (ELECTRA)',
  denoise: 'a spoilt text written anew (BART)',
};

/** A row as it is read, and where it bears loss. */
function objective({ documents, vocabulary }: QuizText, rng: Rng): Question {
  // Whether a pair was exchanged or is from two stories cannot be seen of it, so it is asked for the six as five.
  const asked = ways.filter(({ id }) => id !== 'sop');
  const way = pick(asked, rng);
  const { chips, answers } = brokenBy(way, documents, vocabulary, rng.fork('row'));
  const right = objectives[way.id as keyof typeof objectives];
  const others = shuffled(
    asked.filter(({ id }) => id !== way.id).map(({ id }) => objectives[id as keyof typeof objectives]),
    rng,
  ).slice(0, 3);
  const why = {
    mlm: 'Some words are hidden, and the dots stand below them and nowhere else.',
    nsp: 'There are two pieces, and the only dot is at [CLS]: one answer for the whole row.',
    plm: 'All words are there to be read. Those with a dot are predicted, each from what comes before it in the order.',
    rtd: 'All places bear loss, and no sign stands in the row: some of its words are fakes.',
    denoise: 'There are signs, but no dot below what is read: the answer is another text, and all of that bears loss.',
  }[way.id as 'mlm'];
  return {
    prompt: 'A dot is below what bears loss. What is this model asked?',
    rows: [{ label: 'What it reads', chips }],
    ask: choice({ text: right }, texts(others), rng),
    answer: {
      label: `${answers === 1 ? 'One answer' : `${answers} answers`} of this row`,
      chips: chips.filter(({ scored }) => scored),
    },
    why,
  };
}

/** Systems whose batch, row length and steps are known. */
const budgets = [
  { id: 'bert', name: 'BERT' },
  { id: 'xlnet', name: 'XLNet' },
  { id: 'roberta', name: 'RoBERTa' },
  { id: 'deberta', name: 'DeBERTa' },
  { id: 'bart', name: 'BART' },
] as const;

const numberOf = (facts: Pretrained | undefined, name: 'rows' | 'steps'): number => facts?.[name]?.number ?? 0;
const round = (n: number): string =>
  n >= 1e12 ? `${(n / 1e12).toFixed(1)} trillion` : `${Number((n / 1e9).toPrecision(2))} billion`;
const few = (n: number): string => (n >= 1e6 ? `${Number((n / 1e6).toPrecision(2))} million` : n.toLocaleString('en'));

function tokens(_: QuizText, rng: Rng): Question {
  const { id, name } = pick(
    budgets.filter((one) => numberOf(pretrained[one.id], 'rows') > 0),
    rng,
  );
  const facts = pretrained[id];
  const [perStep, steps] = [numberOf(facts, 'rows'), numberOf(facts, 'steps')];
  const [batch, length] = (facts?.rows?.text ?? '').split(' × ').map((part) => Number(part.replaceAll(',', '')));
  const right = round(perStep * steps);
  const wrong = [
    // Sequences; tokens of one step; a zero astray.
    few(batch! * steps),
    few(perStep),
    round(perStep * steps * 10),
    few(length! * steps),
  ];
  const row: Row = {
    label: name,
    areFacts: true,
    chips: [{ token: `${batch} rows a step` }, { token: `${length} tokens a row` }, { token: `${few(steps)} steps` }],
  };
  return {
    prompt: 'At most how many tokens did it see while it was pretrained?',
    rows: [row],
    ask: choice({ text: right }, texts([...new Set(wrong)].filter((one) => one !== right).slice(0, 3)), rng),
    answer: { label: 'Steps × rows × length', areFacts: true, chips: [{ token: right }] },
    why: `Steps, rows and their length are multiplied: ${few(steps)} × ${batch} × ${length} = ${right}. Neither steps nor rows alone say how much was read. At most, for not all rows are full.`,
  };
}

const fields = { text: 'the text', rows: 'rows × length', steps: 'the number of steps' } as const;
type FieldName = keyof typeof fields;
const areEqual = (a: Fact | undefined, b: Fact | undefined): boolean =>
  (a?.alike ?? a?.number ?? a?.text) === (b?.alike ?? b?.number ?? b?.text);
/** Whether two numbers may be one that was rounded in two ways: 8,192 rows and 8,000. */
const areAlmost = (a: Fact | undefined, b: Fact | undefined): boolean => {
  const [one, other] = [a?.number ?? 0, b?.number ?? 0];
  return !areEqual(a, b) && Math.abs(one - other) < 0.05 * Math.max(one, other);
};
const sentence = (names: readonly FieldName[]): string =>
  names.length === 0 ? 'Nothing but the idea' : `The idea, and ${names.map((name) => fields[name]).join(', and ')}`;

function equal(_: QuizText, rng: Rng): Question {
  const names = Object.keys(fields) as FieldName[];
  const [a, ...others] = shuffled(budgets, rng);
  const b = others.find((one) =>
    names.every((name) => !areAlmost(pretrained[a!.id]?.[name], pretrained[one.id]?.[name])),
  );
  if (!a || !b) throw new Error('no two systems are told apart');
  const different = names.filter((name) => !areEqual(pretrained[a.id]?.[name], pretrained[b.id]?.[name]));
  const right = sentence(different);
  const subsets = Array.from({ length: 2 ** names.length }, (_set, bits) =>
    names.filter((_name, i) => (bits >> i) % 2 === 1),
  );
  const wrong = shuffled(
    subsets.map(sentence).filter((one) => one !== right && one !== sentence([])),
    rng,
  ).slice(0, right === sentence([]) ? 3 : 2);
  const row = ({ id, name }: (typeof budgets)[number]): Row => ({
    label: name,
    areFacts: true,
    chips: names.map((field) => ({ token: pretrained[id]?.[field]?.text ?? 'not given' })),
  });
  return {
    prompt:
      'Two models are held against each other on one benchmark. The chips say what they read, rows × length, and steps. In what do they differ?',
    rows: [row(a), row(b)],
    ask: choice({ text: right }, texts(right === sentence([]) ? wrong : [sentence([]), ...wrong]), rng),
    answer: { label: 'What differs', areFacts: true, chips: different.map((field) => ({ token: fields[field] })) },
    why:
      different.length === 0
        ? 'All three are equal, so that what is left is the idea, and whatever the table does not say.'
        : `They took the same benchmark, but ${different.map((field) => fields[field]).join(' and ')} ${different.length > 1 ? 'are' : 'is'} not the same. A better score may come from any of these.`,
  };
}

/** Towers of like layers: how many, how wide, and how many of them have weights of their own. */
const towers = [
  { name: 'BERT base', layers: 12, width: 768, own: 12 },
  { name: 'BERT large', layers: 24, width: 1024, own: 24 },
  { name: 'DistilBERT', layers: 6, width: 768, own: 6 },
  { name: 'ALBERT base', layers: 12, width: 768, own: 1 },
  { name: 'ALBERT large', layers: 24, width: 1024, own: 1 },
  { name: 'ALBERT xxlarge', layers: 12, width: 4096, own: 1 },
] as const;
type Tower = (typeof towers)[number];
const work = ({ layers, width }: Tower): number => 12 * layers * width ** 2;
const weights = ({ own, width }: Tower): number => 12 * own * width ** 2;
const millions = (n: number): string => `${Math.round(n / 1e6)} million`;

function clock(_: QuizText, rng: Rng): Question {
  const [a, b] = shuffled(towers, rng) as [Tower, Tower];
  const [fast, slow] = work(a) <= work(b) ? [a, b] : [b, a];
  const isLevel = work(a) === work(b);
  const times = (ratio: number) => `${Number(ratio.toPrecision(2))} times as fast`;
  const right = isLevel ? 'Both alike' : `${fast.name}, about ${times(work(slow) / work(fast))}`;
  const [light, heavy] = weights(a) <= weights(b) ? [a, b] : [b, a];
  const wrong = [
    // By weights; turned round; as if nothing but weights were moved.
    weights(light) === weights(heavy) ? '' : `${light.name}, about ${times(weights(heavy) / weights(light))}`,
    isLevel ? '' : `${slow.name}, about ${times(work(slow) / work(fast))}`,
    isLevel ? `${a.name}, about ${times(2)}` : 'Both alike',
    `${heavy.name}, about ${times(2)}`,
    `${light.name}, about ${times(4)}`,
    `${heavy.name}, about ${times(4)}`,
  ];
  const row = (tower: Tower): Row => ({
    label: tower.name,
    areFacts: true,
    chips: [
      { token: `${tower.layers} layers` },
      { token: `${tower.width} wide` },
      { token: `${millions(weights(tower))} weights in them` },
    ],
  });
  return {
    prompt: 'Which of the two reads a text faster, by the multiply-adds of its layers?',
    rows: [row(a), row(b)],
    ask: choice(
      { text: right },
      texts([...new Set(wrong)].filter((one) => one !== '' && one !== right).slice(0, 3)),
      rng,
    ),
    answer: {
      label: 'Multiply-adds of a token',
      areFacts: true,
      chips: [a, b].map((one) => ({ token: `${one.name}: ${millions(work(one))}` })),
    },
    why: `Each token goes through every layer, whether its weights are shared or not: about 12 × width² multiply-adds a layer. ${a.name} ${millions(work(a))}, ${b.name} ${millions(work(b))}. Shared weights make a smaller file, not a faster model.`,
  };
}

function headline(_: QuizText, rng: Rng): Question {
  const one = pick(headlines, rng);
  return {
    prompt: `A headline: “${one.says}” What is wrong with it, or is it right?`,
    rows: [{ label: 'What the paper has', areFacts: true, chips: one.has.map((token) => ({ token })) }],
    ask: choice({ text: one.right }, texts(shuffled(one.wrong, rng).slice(0, 3)), rng),
    answer: { label: 'So', areFacts: true, chips: [{ token: one.right }] },
    why: one.why,
  };
}

/** Questions about twelve systems held against one another. */
export const quiz: Quiz = { makers: { objective, clock, equal, scenario, headline, tokens } };
