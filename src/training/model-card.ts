import { papers } from '../core/papers.ts';
import { hubOf } from '../models/hubs.ts';
import { recipeParts } from '../objectives/make.ts';
import type { Field } from '../objectives/objective.ts';
import { corpora } from '../text/catalog.ts';
import type { Vocabulary } from '../text/document.ts';
import { choicesOf } from './choices.ts';
import { recipeOf } from './data.ts';
import { blueprintOf, questionsOf } from './model.ts';
import { stepsOf } from './phases.ts';
import type { Evaluation, Floors, Step } from './protocol.ts';
import { type Run, type RunField, runFields } from './run.ts';

/** What a run has come to, as the page knows it. */
export interface Reached {
  /** Updates that made the weights. */
  readonly step: number;
  readonly steps: readonly Step[];
  readonly evaluations: readonly Evaluation[];
  readonly floors?: Floors | undefined;
  /** What computed it, and how many numbers learned. */
  readonly adapter: string;
  readonly parameters: number;
}

const whole = (n: number): string => n.toLocaleString('en');
const nats = (loss: number | undefined): string => loss?.toFixed(3) ?? '–';
const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`);
const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** A setting as a menu shows it; undefined where it is not set or nobody else's business. */
function shownValue({ kind, get, when }: RunField, run: Run): string | undefined {
  const value = get(run);
  if (value === undefined || kind.type === 'private' || kind.type === 'options' || when?.(run) === false)
    return undefined;
  if (kind.type === 'choice') return choicesOf(kind.of).find(({ id }) => id === value)?.name ?? String(value);
  // A run that it began with may have read a text of one's own: that is said nowhere.
  const said = (key: string, one: unknown) => (key === 'ownText' ? undefined : one);
  return typeof value === 'object' ? `\`${JSON.stringify(value, said)}\`` : String(value);
}

/** Options that change something beside the others. */
function optionsText<Options extends object>(fields: readonly Field<Options>[], options: Options): string {
  const shown = fields.filter(({ when, key }) => key !== 'maxLength' && (when?.(options) ?? true));
  return shown.map(({ key, label }) => `${label.toLowerCase()} \`${key}: ${JSON.stringify(options[key])}\``).join(', ');
}

const before = <T extends { readonly step: number }>(all: readonly T[], step: number): T | undefined =>
  all.filter((one) => one.step <= step).at(-1);

/** Each loss of the run as it stood: on the last batch, on held-out text, and what no model can beat. */
function lossTable(run: Run, { step, steps, evaluations, floors }: Reached): string {
  const last = before(steps, step);
  const judged = before(evaluations, step);
  const rows = Object.entries(questionsOf(run)).flatMap(([name, { title, owner }]) => {
    if (last?.losses[name] === undefined && judged?.losses[name] === undefined) return [];
    const best = Object.entries(floors?.best ?? {}).filter(([of]) => of === name || of.startsWith(`${name}-`));
    const bests = best.map(([, one]) => `${one.label ? `${one.label} ` : ''}${nats(one.loss)} ± ${nats(one.error)}`);
    return [
      [
        owner ? `${owner}: ${title}` : title,
        nats(last?.losses[name]),
        nats(judged?.losses[name]),
        percent(judged?.accuracies[name]),
        bests.join(', ') || '–',
      ],
    ];
  });
  if (rows.length === 0) return 'Nothing was measured before this step.';
  const where = [
    ...(last ? [`the batch of step ${whole(last.step)}`] : []),
    ...(judged ? [`held-out documents after step ${whole(judged.step)}`] : []),
  ];
  return [
    `In nats an answer, on ${where.join(', and on ')}. "Best possible" is the mean loss of a reader who knows the`,
    'grammar that the text was drawn from, with its standard error; a dash: not known.',
    '',
    table(['What is asked', 'Last batch', 'Held out', 'Right', 'Best possible'], rows),
  ].join('\n');
}

/** The model card of an exported run, as Hugging Face reads it. Every number in it is the run's. */
export function modelCard(run: Run, vocabulary: Vocabulary, reached: Reached): string {
  const { blueprint, config } = blueprintOf(run, vocabulary.size);
  const { pairing, noising, pairingOptions, noisingOptions } = recipeParts(recipeOf(run));
  const corpus = corpora[run.text.corpus];
  const hub = hubOf(blueprint);
  const parts = Object.entries(hub.classes);
  const [part = '', className = ''] = parts.at(-1) ?? [];
  const folder = parts.length > 1 ? part : '.';
  const { paper, where } = blueprint.source;
  const { authors, year, title, arxiv } = typeof paper === 'string' ? papers[paper] : paper;
  const { step, adapter, parameters } = reached;
  const total = stepsOf(run);
  const settings = runFields.flatMap((field) => {
    const value = shownValue(field, run);
    return value === undefined ? [] : [[field.label, value]];
  });
  const isCausal = (config as { readonly causal?: boolean }).causal === true;
  const taught = run.model.teacher ? ' It had a teacher, who is not in this folder: it goes on without.' : '';
  const release = hub.lastRelease
    ? `\nTransformers has this class up to release ${hub.lastRelease}, which \`requirements.txt\` names. ${hub.note ?? ''}\n`
    : '';
  const mask =
    isCausal && !hub.hidesLater
      ? '\nIt was trained from left to right, of which no `config.json` tells: give it an attention mask of four axes.\n'
      : '';
  const origin = corpus
    ? `${corpus.title}. ${corpus.origin} Licence: ${corpus.licence}.`
    : 'A text that the maker of this model brought along; whoever passes it on answers for its licence.';
  const ahead =
    step < total
      ? `It makes the ${whole(total - step)} steps that are left`
      : 'The run is finished: its last phase is gone through once more';
  const movers = run.training.optimizer === 'muon' ? 'Muon and AdamW' : 'AdamW';
  return `---
library_name: transformers
tags:
${['unmask', String(hub.toConfig(config, part).model_type), pairing.id, noising.id].map((tag) => `- ${tag}`).join('\n')}
${corpus?.card ? `language:\n- ${corpus.card.language}\n` : ''}license: ${corpus?.card?.license ?? 'unknown'}
---

# ${blueprint.name}, ${whole(step)} steps on ${corpus?.title ?? 'a text of its maker'}

A toy, trained in a browser by Unmask, a simulator that teaches how language models are pretrained: ${whole(parameters)}
numbers that learn, a vocabulary of ${whole(vocabulary.size)} tokens, rows of ${run.recipe.maxLength} tokens.
It is made to be understood, not to be used.

${blueprint.summary}
${authors} ${year}, [${title}](https://arxiv.org/abs/${arxiv}), ${where}.

## Recipe

- **${pairing.name}** (\`${pairing.id}\`): ${pairing.summary}
  Here: ${optionsText(pairing.fields, pairingOptions) || 'no options'}.
- **${noising.name}** (\`${noising.id}\`): ${noising.summary}
  Here: ${optionsText(noising.fields, noisingOptions) || 'no options'}.
- Seed \`${run.seed}\`, ${whole(step)} of ${whole(total)} steps.

## Losses reached

${lossTable(run, reached)}

## Settings

${table(['Setting', 'Value'], settings)}

Trained on: ${adapter || 'a device that gave no name'}.

## Text

${origin}
\`text.txt\` holds it as it was read, a sentence a line and a blank line between documents.

## Load it

\`\`\`python
from transformers import AutoTokenizer, ${className}
tokenizer = AutoTokenizer.from_pretrained("${folder}")
model = ${className}.from_pretrained("${folder}")
\`\`\`
${mask}${release}
## Go on training

\`\`\`sh
pip install -r requirements.txt
accelerate launch train.py
\`\`\`

The same objective and the same data pipeline, on as many devices as there are; \`run.json\` holds the recipe.
${ahead}, or as many as \`--steps\` says. The running means of ${movers} begin anew.${taught}
`;
}
