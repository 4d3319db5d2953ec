import { expect, test } from 'vitest';
import { flatten } from '../../src/core/params.ts';
import trainer from '../../src/hub/train.py?raw';
import { blueprints } from '../../src/models/catalog.ts';
import { noisingFacts, pairingFacts } from '../../src/objectives/facts.ts';
import { toDocuments } from '../../src/text/document.ts';
import { type Data, prepare, textOf } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { modelCard, type Reached } from '../../src/training/model-card.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runJson, runOfJson } from '../../src/training/run-json.ts';
import { runFrom, startingRun } from '../../src/training/settings.ts';
import { textFile } from '../../src/training/text-file.ts';

const prepared = new Map<string, Promise<Data>>();
/** The text of a run, read once. */
function dataOf({ text }: Run): Promise<Data> {
  const key = JSON.stringify(text);
  const data = prepared.get(key) ?? prepare(text, undefined, undefined, false);
  prepared.set(key, data);
  return data;
}

const again = async (run: Run, step = 0) => {
  const { vocabulary } = await dataOf(run);
  return JSON.parse(JSON.stringify(runJson(run, vocabulary, step))) as ReturnType<typeof runJson>;
};

const ownText = `${Array.from({ length: 12 }, (_, i) => `The toad saw ${i} lamps.\n   \nIt slept  well !`).join('\n \t\n\n')}\n\n`;

const reached: Reached = {
  step: 300,
  steps: [
    { step: 299, loss: 9, losses: { mlm: 8.111, nsp: 0.222 }, atMs: 0, tokens: 1, scoredShare: 0.1 },
    { step: 300, loss: 2.1, losses: { mlm: 1.6543, nsp: 0.4321 }, atMs: 0, tokens: 1, scoredShare: 0.1 },
    { step: 301, loss: 9, losses: { mlm: 8.333, nsp: 0.444 }, atMs: 0, tokens: 1, scoredShare: 0.1 },
  ],
  evaluations: [
    { step: 275, losses: { mlm: 1.7654, nsp: 0.5432 }, accuracies: { mlm: 0.4567, nsp: 0.789 } },
    { step: 325, losses: { mlm: 8.555, nsp: 0.666 }, accuracies: { mlm: 0.1, nsp: 0.2 } },
  ],
  floors: { uniform: 5, unigram: 4, bigram: 3, best: { mlm: { loss: 1.2345, error: 0.0123, places: 9 } } },
  adapter: 'A device of its own | 9',
  parameters: 123_456,
};

test('a card holds the numbers of the run at its step, and no other', async () => {
  const run = runFrom({ pairing: 'nsp', pairingOptions: {}, steps: 400, seed: 'toad' });
  const card = modelCard(run, (await dataOf(run)).vocabulary, reached);
  expect(card).toContain('| hidden tokens | 1.654 | 1.765 | 45.7 % | 1.234 ± 0.012 |');
  expect(card).toContain('| next sentence or not | 0.432 | 0.543 | 78.9 % | – |');
  expect(card).not.toMatch(/8\.(111|333|555)/);
  expect(card).toContain('123,456\nnumbers that learn, a vocabulary of 192 tokens, rows of 40 tokens');
  expect(card).toContain('Seed `toad`, 300 of 400 steps');
  expect(card).toContain('Trained on: A device of its own | 9.');
  expect(card).toContain('makes the 100 steps that are left');
});

test('a card begins as Hugging Face reads it, and names licence and language where they are known', async () => {
  const known = modelCard(startingRun, (await dataOf(startingRun)).vocabulary, reached);
  expect(known).toMatch(
    /^---\nlibrary_name: transformers\ntags:\n- unmask\n- bert\n- contiguous\n- mlm\nlanguage:\n- en\nlicense: cc0-1\.0\n---\n/,
  );
  expect(known).toContain('model = BertForPreTraining.from_pretrained(".")');
  const own = runFrom({ corpus: 'own', ownText });
  expect(modelCard(own, (await dataOf(own)).vocabulary, reached)).toMatch(/- mlm\nlicense: unknown\n---\n/);
});

test('a card says of a run that is over, of one from left to right and of one with a teacher what becomes of them', async () => {
  const { vocabulary } = await dataOf(startingRun);
  const cardOf = (settings: Settings) => modelCard(runFrom(settings), vocabulary, reached);
  expect(cardOf({ steps: 300 })).toContain('The run is finished: its last phase is gone through once more');
  expect(cardOf({ steps: 300 })).not.toContain('from left to right, of which');
  expect(cardOf({ noising: 'causal', noisingOptions: {} })).toContain('It was trained from left to right, of which');
  expect(cardOf({ architecture: 'distilbert', teacher: { run: {} } })).toContain('it goes on without');
});

test('run.json says every option of every phase, the questions and the matrices that Muon moves', async () => {
  const run = runFrom({
    pairing: 'nsp',
    pairingOptions: { sentencesPerSegment: 1 },
    noisingOptions: { rate: 0.2 },
    warmUpSteps: 50,
    warmUpOptions: { rate: 0.3 },
    practice: 0.25,
    optimizer: 'muon',
  });
  const json = await again(run, 7);
  expect(json).toMatchObject({
    step: 7,
    parts: { model: { class: 'BertForPreTraining', folder: '.' } },
    frame: 'bert',
    recipe: { pairing: 'nsp', noising: 'mlm', asks: 'tokens' },
  });
  expect(json.recipe.pairingOptions).toMatchObject({ maxLength: 40, sentencesPerSegment: 1, shortRate: 0.1 });
  expect(json.phases.map(({ without, noisingOptions }) => [without, noisingOptions])).toEqual([
    [['pairing'], expect.objectContaining({ rate: 0.3, maskShare: 0.8, count: 'fixed' })],
    [[], expect.objectContaining({ rate: 0.2, maskShare: 0.8 })],
  ]);
  expect(json.questions).toEqual({
    mlm: { logits: 'prediction_logits', per: 'slot', kind: 'token', from: 'noising', weight: 1 },
    nsp: { logits: 'seq_relationship_logits', per: 'row', kind: 'yesNo', from: 'pairing', weight: 1 },
  });
  expect(json.muon).toContain('model.bert.encoder.layer.1.attention.self.query.weight');
  expect(json.muon).not.toContain('model.bert.embeddings.word_embeddings.weight');
  expect(json.muon).not.toContain('model.cls.seq_relationship.weight');
});

test.each(Object.values(blueprints).map((blueprint) => [blueprint.name, blueprint] as const))(
  'run.json of %s names parts, weights and questions that there are',
  async (_, { id, recipe, questions }) => {
    const run = runFrom({
      architecture: id,
      ...recipe,
      pairingOptions: {},
      noisingOptions: {},
      architectureOptions: {},
      optimizer: 'muon',
    });
    const json = await again(run);
    const { blueprint, config } = blueprintOf(run, (await dataOf(run)).vocabulary.size);
    const spec = blueprint.spec(config);
    const names = flatten(spec).map(([name]) => name);
    expect(Object.keys(json.parts).sort()).toEqual(Object.keys(spec).sort());
    expect(json.muon.length).toBeGreaterThan(0);
    expect(json.muon.filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(json.copies).filter((name) => names.includes(name))).toEqual([]);
    expect(Object.values(json.copies).filter((name) => !names.includes(name))).toEqual([]);
    const isPaired = pairingFacts[recipe.pairing]?.labels !== undefined;
    const asked = Object.values(questions).filter(
      ({ kind, from }) => kind !== 'match' && (from !== 'pairing' || isPaired),
    );
    expect(Object.values(json.questions).map(({ logits }) => logits)).toEqual(asked.map(({ logits }) => logits));
  },
);

test.each<[string, Run]>([
  ['the usual run', runFrom({})],
  ['what a visitor begins with', startingRun],
  ['a text of ones own', runFrom({ corpus: 'own', ownText, documents: 3 })],
  ['weights from elsewhere', runFrom({ start: { run: { seed: '2' }, step: 5 }, teacher: { file: 'x.zip' } })],
  [
    'phases',
    runFrom({ phases: [{ steps: 3, schedule: { learningRate: 1, warmup: 0, decayFrom: 1 }, without: ['noising'] }] }),
  ],
])('a run comes back from run.json: %s', async (_, run) => {
  const { vocabulary } = await dataOf(run);
  const json = JSON.stringify(runJson(run, vocabulary, 0));
  expect(json).not.toContain('lamps');
  expect(runOfJson(json, run.text.ownText ?? '')).toEqual(run);
});

test.each<[string, object]>([
  ['lost-and-found', {}],
  ['pocket-stories', { vocabSize: 600 }],
  ['own', { ownText }],
  ['own', { ownText, tokenizer: 'bytes', vocabSize: 400 }],
])('text.txt gives back the documents of %s exactly', async (corpus, more) => {
  const run = runFrom({ corpus, ...more });
  const { tokenizer, train, heldOut } = await dataOf(run);
  const file = textFile(await textOf(run.text), tokenizer);
  const documents = await toDocuments(file, tokenizer);
  expect(documents.filter((_, i) => i % 10 !== 3)).toEqual(train);
  expect(documents.filter((_, i) => i % 10 === 3)).toEqual(heldOut);
  // What splits the file at its marks alone finds the same lines.
  const lines = file
    .replace(/\n$/, '')
    .split('\n\n')
    .map((document) => document.split('\n'));
  expect(lines.map((document) => document.map((line) => tokenizer.encode(line)))).toEqual(
    documents.map(({ sentences }) => sentences),
  );
});

/** Options that only published procedures read, or that stand in for a generator where there is none. */
const unread = ['mode', 'halves', 'substitutes', 'luck', 'rtd maskShare'];

test('train.py reads every option of the objectives that it knows', () => {
  const known = (table: string) => new RegExp(`${table} = \\{([^}]*)\\}`).exec(trainer)![1]!;
  const knownOf = <Facts extends { readonly id: string }>(table: string, facts: Readonly<Record<string, Facts>>) =>
    Object.values(facts).filter(({ id }) => known(table).includes(`"${id}":`));
  const all = [...knownOf('PAIRINGS', pairingFacts), ...knownOf('NOISINGS', noisingFacts)];
  expect(all.map(({ id }) => id).sort()).toEqual([
    'causal',
    'contiguous',
    'denoise',
    'following',
    'mlm',
    'nsp',
    'packed',
    'plm',
    'rtd',
    'sop',
  ]);
  const options = all.flatMap(({ id, fields }) => fields.map(({ key }): readonly [string, string] => [id, key]));
  const isRead = ([id, key]: readonly [string, string]) =>
    trainer.includes(`["${key}"]`) || unread.includes(key) || unread.includes(`${id} ${key}`);
  expect(options.filter((option) => !isRead(option))).toEqual([]);
});
