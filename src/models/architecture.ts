import type { AnySource } from '../core/papers.ts';
import type { Spec, TreeOf } from '../core/params.ts';
import type { Pattern } from '../core/pattern.ts';
import type { Rng } from '../core/rng.ts';
import type { Tensor } from '../nn/tf.ts';
import type { Answer, Example, Field } from '../objectives/objective.ts';
import type { RowName } from '../objectives/rows.ts';

/** A model's checkpoints by name: one for BERT (`model`), two for ELECTRA (`generator`, `discriminator`). */
export type Parts = { readonly [part: string]: Spec };

/** The few sizes a person turns; everything else of a configuration follows from its architecture's toy. */
export interface Size {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly vocabSize: number;
  readonly maxLength: number;
  readonly dropout: number;
}

/** A class of the reference that lacks some weights of a blueprint. */
export interface Variant {
  /** What the names of those weights begin with: `bert.pooler.`. */
  readonly lacks: readonly string[];
  /** Its names for our logits: `logits` → `prediction_logits`. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a loss asks, as data: accuracy, reference lines, charts and verdicts are made from it. */
export interface Question {
  /** The logits that answer it, by their name in `Outputs.logits`. */
  readonly logits: string;
  /** One answer a scored place [slots, …], a row [batch, …] or a token [batch, seq, …]. */
  readonly per: 'slot' | 'row' | 'token';
  /** Which token, yes or no, or what a teacher says: a match is neither right nor wrong. */
  readonly kind: 'token' | 'yesNo' | 'match';
  /** Who asks: what a run's noising or pairing asks goes by the name of that objective, in whatever recipe. */
  readonly from: 'noising' | 'pairing' | 'own';
  /** For a chart, of a question of the architecture's own; the other two have their objective's title. */
  readonly title?: string;
  /** Where several models train together, whose question it is: `generator`. */
  readonly owner?: string;
}

/** What patterns may depend on: an example, or as much of one as there is. */
export type PatternInput = Pick<Example, 'inputIds'> &
  Partial<Pick<Example, 'labels' | 'permMask' | 'decoderInputIds'>>;

/** What stands along one side of an attention map. */
export interface Side {
  /** The text that is read, or the one that a decoder reads while it writes. */
  readonly of: 'input' | 'decoder';
  /** Which of its places; absent: all. */
  readonly places?: readonly number[];
}

/** Who may see whom in the maps of some attention taps, all of one shape. */
export interface MapPattern {
  /** Unique in its architecture: `decoder`. */
  readonly name: string;
  /** Whose look it is, for a caption: `the decoder`. */
  readonly title: string;
  /** Who looks, and what is looked at. */
  readonly rows: Side;
  readonly columns: Side;
  /** The taps that show its maps, from the first layer on. */
  readonly taps: readonly string[];
  /** For an example without padding. What is carried from a step before is always in sight and left out of it. */
  readonly pattern: Pattern;
}

/** A tensor by its name and what its axes count. */
export interface NamedAxes {
  readonly name: string;
  readonly axes: readonly string[];
}

/** A model that may teach another one. */
export interface TeacherModel {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
}

/** Data and pure functions: what can be said of an architecture without a GPU. Lives in `spec.ts`. */
export interface Blueprint<Config, S extends Parts> {
  readonly id: string;
  readonly name: string;
  readonly source: AnySource;
  /** One sentence: what it changed. */
  readonly summary: string;
  /** The size we train. */
  readonly toy: Config;
  /** Entries of its configuration that a person may set beside the size; what size or text fix is none of them. */
  readonly options?: readonly Field<Readonly<Record<string, unknown>>>[];
  /** What the paper trains it with. */
  readonly recipe: { readonly pairing: string; readonly noising: string };
  /** What stands around its texts: [CLS] a [SEP] b [SEP], as in BERT, or nothing; absent: as in BERT. */
  readonly frame?: 'bert' | 'none';
  /** What its heads and masks can say: it learns every noising that asks for one of these. */
  readonly answers: readonly Answer[];
  /** What each of its losses asks, by the loss's name in `Outputs.losses`, the first one first on the page. */
  readonly questions: Readonly<Record<string, Question>>;
  /** What its losses weigh in the sum that forward makes of them, 1 if not named; `taught`: by a teacher as well. */
  weights?(config: Config, taught: boolean): Readonly<Record<string, number>>;
  /** What the names of maps begin with that AdamW moves under Muon too, because learning faster spoils the game. */
  readonly keepAdam?: readonly string[];
  /** Whether the last tokens of a text notice that padding follows, as in the published code; absent: none does. */
  readonly readsPadding?: true;
  /** What it is given of a teacher, if it learns from one; absent: it learns from labels alone. */
  readonly teacher?: {
    /**
     * Its own name for each value → the teacher's: a tap, or `logits.<name>`. Throws `AppError('bad-option')` where
     * the teacher has no such value.
     */
    taps(config: Config, teacher: TeacherModel): Readonly<Record<string, string>>;
    /** Its own name for the logits of tokens [batch, seq, vocab], where it can learn from these alone. */
    readonly probabilities?: string;
  };
  /** The toy at another size. */
  resize(config: Config, size: Size): Config;
  /** Names and shapes, one entry a Hugging Face checkpoint. */
  spec(config: Config): S;
  /** What one may look at while it runs (`batch, head, query, key`). */
  taps(config: Config): readonly NamedAxes[];
  /**
   * What it hands from step to step, in the order of `Context.memory` and `Outputs.memory`; absent or empty: nothing,
   * and the rows of one batch have nothing to do with those of the next.
   */
  carries?(config: Config): readonly NamedAxes[];
  /** The distance between two tokens beyond which none is told apart; absent or 0: every one is. */
  farthest?(config: Config): number;
  /** The matrix of scores that a head forms over a text so long; absent: of every token with every other. */
  scores?(config: Config, length: number): { readonly rows: number; readonly cols: number };
  /** How many tokens to either side an answer can depend on; absent: all. */
  sees?(config: Config): number;
  /** How many tokens of the steps before stay in sight of a row where text goes on; absent: none. */
  remembers?(config: Config): number;
}

/**
 * The masks of an example as forward uses them: each attention tap that the example gives rise to is in just one. Lives
 * in `patterns.ts`, apart from the blueprint, since only pictures need it.
 */
export type Patterns<Config> = (config: Config, example: PatternInput) => readonly MapPattern[];

/** How Hugging Face's files spell an architecture; what is read and written of them. Lives in `hub.ts`. */
export interface Hub<Config, S extends Parts> {
  /** Hugging Face class of each part. */
  readonly classes: { readonly [K in keyof S & string]: string };
  /** Other classes of the reference that are this model without some of its heads. */
  readonly variants?: Readonly<Record<string, Variant>>;
  /** The last release of Transformers that has its classes; absent: the present one has them. */
  readonly lastRelease?: string;
  /** Present: its class reads from left to right by itself; others must be given the mask. */
  readonly hidesLater?: true;
  /** What else one must know to load it, as a sentence for the model's card. */
  readonly note?: string;
  /** Further values of `model_type` that stand for it: what it computes may be two classes there. */
  readonly types?: readonly string[];
  /** `config.json` of a part. */
  toConfig(config: Config, part?: string): Record<string, unknown>;
  /** With `base`, reads a second part's file into what the first gave. */
  fromConfig(json: Readonly<Record<string, unknown>>, part?: string, base?: Config): Config;
  /** Names that share another's numbers and stand in no file: tied name → source name. */
  readonly tied?: Readonly<Record<string, string>>;
  /** Names that stand in a part's file with another part's numbers: `discriminator.x` → `generator.x`. */
  copies?(config: Config): Readonly<Record<string, string>>;
  /**
   * What the reference's class does not compute of such a model, as a sentence, and the configuration that gives its
   * outputs with the same weights; undefined: it computes all.
   */
  lost?(config: Config): { readonly text: string; readonly config: Config } | undefined;
  /**
   * Numbers that the reference keeps in its file beside the weights, though they follow from the configuration: without
   * them it would take whatever its memory holds.
   */
  constants?(config: Config): Readonly<Record<string, Float32Array>>;
  /** Further small files of the folder, by name (BART's `generation_config.json`). */
  extraFiles?(config: Config): Readonly<Record<string, object>>;
}

/** A hub whose own types are not known, as `hubs.ts` holds it. */
export type AnyHub = Hub<object, Parts>;

/** A blueprint whose own types are not known, as the catalogs hold it. */
export type AnyBlueprint = Blueprint<object, Parts>;

/**
 * One batch as tensors: the fields of `rowFields`, with their shapes. Without `positions`, `labels` and `weights`
 * logits are wanted everywhere and there is no loss; without `targetMapping` every position is a target.
 */
export type Batch = { readonly [Name in 'ids' | 'segments' | 'keep']: Tensor } & {
  readonly [Name in Exclude<RowName, 'ids' | 'segments' | 'keep'>]?: Tensor;
};

/** A look at values on their way, by the names of the blueprint's `taps`; in inspection only. */
export interface Tap {
  /** Whether a value is looked at: what costs extra to form (attention's probabilities) is formed only then. */
  wants(name: string): boolean;
  /** Called with every value that is there anyway, wanted or not, and with the others where they are wanted. */
  see(name: string, value: Tensor): void;
}

export interface Context {
  /** Whether dropout is on. */
  readonly training: boolean;
  /** The stream of this step; a layer forks it by its own name. */
  readonly rng: Rng;
  /** Present in inspection. */
  readonly tap?: Tap;
  /** What the step before handed on, as `Blueprint.carries` lists it: empty at the first step, absent without any. */
  readonly memory?: readonly Tensor[];
  /** The number of a row's first place, where absolute places are counted; absent: 0. */
  readonly firstPlace?: number | undefined;
  /** What a trained teacher makes of the same batch, each [batch, …], by the names of `Blueprint.teacher`. */
  readonly teacher?: ReadonlyMap<string, Tensor>;
}

export interface Outputs {
  /** The training loss, a scalar; present when the batch has labels. */
  readonly loss?: Tensor;
  /** Its parts before weighting, by the names of the blueprint's `questions`. */
  readonly losses: Readonly<Record<string, Tensor>>;
  /** Named as the fields of the reference's result: `logits`, `prediction_logits`, … [slots, …] or [batch, seq, …]. */
  readonly logits: Readonly<Record<string, Tensor>>;
  /** The truth that a loss was computed from, by its name, where forward itself made it (ELECTRA's verdicts). */
  readonly truths?: Readonly<Record<string, Truth>>;
  /** For the step to come, where the context has a memory: values that no gradient of that step goes through. */
  readonly memory?: readonly Tensor[];
}

/** What is right at n places, and which of them are asked: labels (0 or 1) and weights, each [n]. */
export interface Truth {
  readonly labels: Tensor;
  readonly weights: Tensor;
}

/** From a batch to loss and logits; the whole of `forward.ts`. */
export type Forward<Config, S extends Parts> = (
  params: TreeOf<S, Tensor>,
  config: Config,
  batch: Batch,
  context: Context,
) => Outputs;

/** A forward whose own types are not known, as `forwards.ts` loads it. */
export type AnyForward = Forward<object, Parts>;
