import { hubOf } from '../models/hubs.ts';
import { pairings } from '../objectives/catalog.ts';
import { closing, stop } from '../objectives/denoise/sentences.ts';
import { noisingFacts, pairingFacts } from '../objectives/facts.ts';
import { recipeParts } from '../objectives/make.ts';
import { heldOut } from '../text/corpus.ts';
import type { Vocabulary } from '../text/document.ts';
import { recipeOf } from './data.ts';
import { layout } from './flat.ts';
import { blueprintOf, lossName } from './model.ts';
import { adamMoments, muonMomentum } from './moments.ts';
import type { Run, Settings } from './run.ts';
import { muonOf } from './schedule.ts';
import { runFrom, settingsOf } from './settings.ts';

/** Which ids `train.py` treats in a way that no file of the tokenizer tells. */
function idsOf(vocabulary: Vocabulary) {
  const all = vocabulary.tokens.map((_, id) => id);
  const shown = (id: number) => vocabulary.textOf?.([id]) ?? vocabulary.tokens[id]!;
  return {
    continues: all.filter((id) => vocabulary.continues(id)),
    content: all.filter((id) => vocabulary.isContent(id)),
    stops: all.filter((id) => stop.test(shown(id))),
    closings: all.filter((id) => closing.test(shown(id))),
  };
}

/** All matrices that Muon moves, by their names in the state. */
function matricesOf(run: Run, vocabSize: number): readonly string[] {
  const { blueprint, config } = blueprintOf(run, vocabSize);
  const moves = muonOf(run, blueprint.keepAdam)?.moves;
  if (!moves) return [];
  const { places, stacks } = layout(blueprint.spec(config), { orthogonal: moves });
  // They stand before all others.
  return places
    .slice(
      0,
      stacks.reduce((sum, { count }) => sum + count, 0),
    )
    .map(({ name }) => name);
}

/** What a run asks of its model, loss by loss; a match with a teacher is left out, who is not in the folder. */
function questionsAsked(run: Run, vocabSize: number) {
  const { blueprint, config } = blueprintOf(run, vocabSize);
  const weights = blueprint.weights?.(config, false) ?? {};
  const hasPairs = pairingFacts[run.recipe.pairing]?.labels !== undefined;
  return Object.fromEntries(
    Object.entries(blueprint.questions)
      .filter(([, { kind, from }]) => kind !== 'match' && (from !== 'pairing' || hasPairs))
      .map(([name, { logits, per, kind, from }]) => [
        lossName(name, blueprint, run),
        { logits, per, kind, from, weight: weights[name] ?? 1 },
      ]),
  );
}

/**
 * A run after `step` updates as data for `train.py`, in the words of the site and with every option said; `settings`
 * are those of an address, from which `runOfJson` makes the run again.
 */
export function runJson(run: Run, vocabulary: Vocabulary, step: number) {
  const { blueprint, config } = blueprintOf(run, vocabulary.size);
  const { classes, copies, hidesLater } = hubOf(blueprint);
  const parts = Object.entries(classes);
  const { pairing, noising, pairingOptions, noisingOptions } = recipeParts(recipeOf(run));
  const { ownText: _, ...settings } = settingsOf(run);
  const optionsWith = (differently: object) => recipeParts(recipeOf(run, differently)).noisingOptions;
  const { weightDecay, clip, batchSize, optimizer, muonRate } = run.training;
  const { beta1, beta2, epsilon } = adamMoments;
  const { causal, judgesAll } = config as { readonly causal?: boolean; readonly judgesAll?: boolean };
  const carries = (blueprint.carries?.(config).length ?? 0) > 0;
  return {
    step,
    seed: run.seed,
    architecture: blueprint.id,
    parts: Object.fromEntries(
      parts.map(([part, name]) => [part, { class: name, folder: parts.length > 1 ? part : '.' }]),
    ),
    copies: copies?.(config) ?? {},
    frame: blueprint.frame ?? 'bert',
    questions: questionsAsked(run, vocabulary.size),
    hidesLater: causal === true && !hidesLater,
    judgesAll: judgesAll ?? true,
    remembers: carries && pairings[pairing.id]?.follow !== undefined,
    text: { corpus: run.text.corpus, tokenizer: run.text.tokenizer, documents: run.text.documents, heldOut },
    recipe: {
      pairing: pairing.id,
      pairingOptions,
      noising: noising.id,
      noisingOptions,
      asks: noisingFacts[noising.id]!.asks,
    },
    judged: { noisingOptions: optionsWith(run.recipe.judgedOptions), without: [] },
    phases: run.phases.map(({ noisingOptions: differently = {}, without = [], ...phase }) => ({
      ...phase,
      noisingOptions: optionsWith(differently),
      without,
    })),
    training: {
      batchSize,
      optimizer,
      muonRate,
      weightDecay,
      clip,
      betas: [beta1, beta2],
      epsilon,
      momentum: muonMomentum,
    },
    muon: matricesOf(run, vocabulary.size),
    vocabulary: idsOf(vocabulary),
    settings,
  };
}

/** The run of a `run.json`; of one's own text `text.txt` holds what its settings do not say. */
export function runOfJson(json: string, text: string): Run {
  const { settings } = JSON.parse(json) as { readonly settings: Settings };
  return runFrom(settings.corpus === 'own' ? { ...settings, ownText: text } : settings);
}
