import { arePhases, type Phase, phaseLenses } from './phases.ts';
import {
  areWords,
  at,
  choice,
  type Field,
  type FieldKind,
  isCount,
  isRef,
  isTeacherRef,
  type Lens,
  optionsOf,
  real,
  type Told,
  whole,
} from './run-field.ts';

/** What a text is read from and cut by: all that fixes the data. */
export interface TextChoice {
  /** Id of a corpus, or `own` with the text in `ownText`. */
  readonly corpus: string;
  readonly ownText?: string;
  readonly tokenizer: string;
  readonly vocabSize: number;
  /** So many documents are learned from, the first ones; 0 = all. The vocabulary and what is held out stay. */
  readonly documents: number;
}

/**
 * Weights that were trained before: a run of this browser, at its last kept step or at the last one up to `step`; a
 * file that was added to it; or the end of a run that comes with the site, by its lesson and its name:
 * `distillation/teacher`.
 */
export type ModelRef =
  | { readonly run: Settings; readonly step?: number }
  | { readonly file: string }
  | { readonly stored: string };

/** What a student may learn from: a trained model, or the best reader there is of a text whose grammar is known. */
export type TeacherRef = ModelRef | { readonly exact: true };

/** What is trained, and where its numbers come from. */
export interface ModelChoice {
  readonly architecture: string;
  readonly size: {
    readonly layers: number;
    readonly hidden: number;
    readonly heads: number;
    readonly dropout: number;
  };
  /** How the positions start: as the paper has it, or from sinusoids, small or large (still learned). */
  readonly positions: 'normal' | 'sinusoids' | 'largeSinusoids';
  /** Fields of the architecture's own configuration that depart from its toy, for example `{ causal: true }`. */
  readonly options: object;
  /** The weights it begins with; absent: drawn from the seed. */
  readonly start?: ModelRef;
  /** What it learns from beside the text, where its architecture can. */
  readonly teacher?: TeacherRef;
}

/** Which examples are made, for learning and for judging. */
export interface RecipeChoice {
  readonly pairing: string;
  readonly pairingOptions: object;
  readonly noising: string;
  readonly noisingOptions: object;
  /**
   * Options of the noising that differ when held-out documents are judged, so that two recipes answer the same
   * questions.
   */
  readonly judgedOptions: object;
  /**
   * Judged is only how these words are told, all of a row at once and nothing else; absent: what is drawn. `<lost>` are
   * the words of class `lost`.
   */
  readonly judgedWords?: readonly string[];
  /** Packed length of every row, special tokens included. */
  readonly maxLength: number;
}

/** What all phases share. */
export interface TrainingChoice {
  readonly batchSize: number;
  /** What moves the matrices of linear maps; AdamW moves everything else. */
  readonly optimizer: 'adamw' | 'muon';
  /** The highest learning rate of what Muon moves; it rises and falls with the other. */
  readonly muonRate: number;
  /** Decoupled, times the learning rate; spares biases and norms. */
  readonly weightDecay: number;
  /** Largest global norm of the gradient; 0 = no clipping. */
  readonly clip: number;
  /** Rows of a step begin at a place drawn evenly from 0 to this one; absent: at 0, as held-out rows always do. */
  readonly movedBy?: number;
  /** Steps between evaluations on held-out documents. */
  readonly evaluateEvery: number;
  readonly kernels: 'fused' | 'plain';
}

/** Everything that fixes a run: two equal ones give equal losses on the same backend. */
export interface Run {
  readonly text: TextChoice;
  readonly model: ModelChoice;
  readonly recipe: RecipeChoice;
  readonly phases: readonly Phase[];
  readonly training: TrainingChoice;
  readonly seed: string;
}

/**
 * A run as addresses, lessons and experiments write it: values by the keys of `runFields`; what is left out is as
 * usual.
 */
export type Settings = Readonly<Record<string, unknown>>;

export type RunField = Field<Run>;

const { steps, early, earlyOptions, practice, many, inSchedule } = phaseLenses<Run>();
const starts = { sinusoids: 'from small sinusoids', largeSinusoids: 'from large sinusoids', normal: 'at random' };

type Place = string | Lens<Run>;
const field = (
  key: string,
  label: string,
  kind: FieldKind,
  usual: unknown,
  place: Place,
  told?: Told & Pick<RunField, 'when'>,
): RunField => ({
  key,
  label,
  kind,
  usual,
  ...(typeof place === 'string' ? at<Run>(place) : place),
  ...told,
});
const asked: Told = { menu: 'objective' };
const model: Told = { menu: 'model' };
const dial = (hint: string): Told => ({ hint, menu: 'model' });

/** Every setting of a run: a new one is a line here and its place in the type above. */
export const runFields: readonly RunField[] = [
  field('corpus', 'Text', choice('corpora'), 'lost-and-found', 'text.corpus', asked),
  field('ownText', 'Own text', { type: 'private' }, undefined, 'text.ownText'),
  field('tokenizer', 'Tokenizer', choice('tokenizers'), 'wordpiece', 'text.tokenizer', asked),
  field('pairing', 'Which text goes together', choice('pairings'), 'contiguous', 'recipe.pairing', asked),
  field('noising', 'What is hidden', choice('noisings'), 'mlm', 'recipe.noising', asked),
  field('architecture', 'Architecture', choice('architectures'), 'bert', 'model.architecture', model),
  field('layers', 'Layers', whole(1, 12), 2, 'model.size.layers', dial('Blocks stacked on one another.')),
  field('hidden', 'Width', whole(8, 512), 64, 'model.size.hidden', dial('Numbers per token; a multiple of the heads.')),
  field('heads', 'Heads', whole(1, 16), 2, 'model.size.heads', dial('Attention patterns per layer.')),
  field('maxLength', 'Length', whole(8, 1024), 40, 'recipe.maxLength', dial('Tokens a row, special ones included.')),
  field(
    'vocabSize',
    'Vocabulary',
    whole(192, 4096),
    192,
    'text.vocabSize',
    dial('At most so many pieces are learned.'),
  ),
  field('documents', 'Documents', whole(0, 1e6), 0, 'text.documents', dial('So many are learned from; 0 for all.')),
  field('batchSize', 'Batch', whole(1, 256), 32, 'training.batchSize', dial('Rows a step.')),
  field('steps', 'Steps', whole(1, 1e5), 1500, steps, dial('Updates until the learning rate has fallen to 0.')),
  field(
    'learningRate',
    'Learning rate',
    real(0, 10),
    0.0015,
    inSchedule('learningRate'),
    dial('The highest there is.'),
  ),
  field('optimizer', 'Optimizer', choice({ adamw: 'AdamW', muon: 'Muon' }), 'adamw', 'training.optimizer', {
    hint: 'Muon makes the step of a matrix equally long in all directions, and so learns in a third of the steps. AdamW, as the papers used, gives every number a step of its own.',
    menu: 'model',
  }),
  field('muonRate', 'Muon rate', real(0, 1), 0.015, 'training.muonRate', {
    hint: 'Learning rate of the matrices; tables, norms and biases keep the other.',
    menu: 'model',
    when: ({ training }) => training.optimizer === 'muon',
  }),
  field('warmup', 'Warm-up', whole(0, 1e4), 100, inSchedule('warmup'), dial('Steps until the rate is at its highest.')),
  field(
    'decayFrom',
    'Decay from',
    real(0, 1),
    0.5,
    inSchedule('decayFrom'),
    dial('Share of the steps before it falls.'),
  ),
  field(
    'warmUpSteps',
    'Tokens only',
    whole(0, 1e5),
    0,
    early,
    dial('First steps without the question about the pair.'),
  ),
  field('dropout', 'Dropout', real(0, 0.9), 0, 'model.size.dropout', dial('Share of values set to 0 while training.')),
  field('practice', 'Practice', real(0, 1), 0, practice, {
    ...dial('After the first steps: share of the rows that go on without the question about the pair.'),
    when: ({ phases }) => phases.length > 1,
  }),
  field(
    'weightDecay',
    'Weight decay',
    real(0, 1),
    0.01,
    'training.weightDecay',
    dial('Pull of the weights towards 0.'),
  ),
  field('clip', 'Clipping', real(0, 100), 1, 'training.clip', dial('Longest gradient; 0 for none.')),
  field('evaluateEvery', 'Evaluate every', whole(1, 1e4), 100, 'training.evaluateEvery', dial('Steps between looks.')),
  field('seed', 'Seed', { type: 'text', longest: 64 }, '1', 'seed', dial('Everything random follows from it.')),
  field('positions', 'Positions start', choice(starts), 'sinusoids', 'model.positions', {
    menu: 'model',
    needs: 'positions',
  }),
  field('kernels', 'Kernels', choice({ fused: 'fused', plain: 'plain' }), 'fused', 'training.kernels', model),
  field(
    'pairingOptions',
    'Pairing',
    optionsOf('pairing', 'pairing.'),
    { sentences: 2 },
    'recipe.pairingOptions',
    asked,
  ),
  field(
    'noisingOptions',
    'Objective',
    optionsOf('noising', 'noising.'),
    { count: 'content' },
    'recipe.noisingOptions',
    asked,
  ),
  field('architectureOptions', 'Model', optionsOf('architecture', 'model.'), { initStd: 0.1 }, 'model.options', model),
  field('evaluationOptions', 'Evaluation', optionsOf('noising', 'judged.'), {}, 'recipe.judgedOptions'),
  field(
    'movedBy',
    'Rows moved by',
    { type: 'data', fits: (places) => isCount(places, 1) },
    undefined,
    'training.movedBy',
  ),
  field('judgedWords', 'Judged words', { type: 'data', fits: areWords }, undefined, 'recipe.judgedWords'),
  field('warmUpOptions', 'First phase', optionsOf('noising', 'first.'), {}, earlyOptions),
  field('phases', 'Phases', { type: 'data', fits: arePhases }, undefined, many),
  field('start', 'Weights from', { type: 'data', fits: isRef }, undefined, 'model.start'),
  field('teacher', 'Teacher', { type: 'data', fits: isTeacherRef }, undefined, 'model.teacher'),
];
