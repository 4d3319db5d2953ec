import { AppError } from '../core/errors.ts';
import type { Tokenizer, Vocabulary } from '../text/document.ts';
import { create as createBytes } from '../text/tokenizers/byte-pieces.ts';
import type { Model } from '../text/tokenizers/learned.ts';
import { create as createUnigram } from '../text/tokenizers/unigram-pieces.ts';
import { create } from '../text/tokenizers/wordpiece.ts';
import { continuation } from '../text/vocabulary.ts';
import { bytePipeline, mergesText, readMerges } from './byte-pipeline.ts';
import { readScores, unigramPipeline } from './unigram-pipeline.ts';

/** What the tokenizer files say beyond the vocabulary. */
export interface TokenizerFileOptions {
  /** The longest sequence the model takes, in tokens. */
  readonly maxLength: number;
  /** Whether the model tells segment 0 from segment 1 (BERT, ALBERT, ELECTRA); DistilBERT's raises on token types. */
  readonly segments: boolean;
  /**
   * The class that Transformers loads. The BERT classes rebuild BERT's pipeline; the fast one takes the file as it is.
   */
  readonly className: 'BertTokenizer' | 'DistilBertTokenizer' | 'PreTrainedTokenizerFast';
}

/** `tokenizer.json`, `tokenizer_config.json` and the vocabulary, by name. */
export type TokenizerFiles = Readonly<Record<string, Uint8Array>>;

const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const toText = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

/**
 * A tokenizer as the files that Hugging Face's libraries load. Byte pieces and unigram pieces always have the class
 * that takes the file as it is: RoBERTa's and ALBERT's would rebuild pipelines of their own.
 */
export function writeTokenizer(tokenizer: Tokenizer, options: TokenizerFileOptions): TokenizerFiles {
  const { vocabulary, merges, scores } = tokenizer;
  const chosen: TokenizerFileOptions =
    merges || scores ? { ...options, className: 'PreTrainedTokenizerFast' } : options;
  const json = (value: object) => toBytes(JSON.stringify(value, null, 2));
  return {
    ...(merges && {
      'vocab.json': json(Object.fromEntries(vocabulary.tokens.map((token, id) => [token, id]))),
      'merges.txt': toBytes(mergesText(vocabulary, merges)),
    }),
    ...(!merges && !scores && { 'vocab.txt': toBytes(vocabulary.tokens.join('\n')) }),
    'tokenizer.json': json(pipeline(tokenizer, chosen)),
    'tokenizer_config.json': json(config(vocabulary, chosen)),
  };
}

/** `strips`: whether it takes the white space around it along. */
const special = (content: string, id: number, strips: boolean) => ({
  id,
  content,
  single_word: false,
  lstrip: strips,
  rstrip: strips,
  normalized: false,
  special: true,
});

/** RoBERTa's and BART's spelling of the special tokens; they put two separators between two segments. */
const isRoberta = ({ tokens, classifyId }: Vocabulary): boolean => tokens[classifyId] === '<s>';

const wordPipeline = ({ tokens, unknownId }: Vocabulary) => ({
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  decoder: { type: 'WordPiece', prefix: continuation, cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: tokens[unknownId],
    continuing_subword_prefix: continuation,
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
  },
});

function ownPipeline({ vocabulary, merges, scores }: Tokenizer) {
  if (scores) return unigramPipeline(vocabulary, scores);
  return merges ? bytePipeline(vocabulary, merges) : wordPipeline(vocabulary);
}

function pipeline(tokenizer: Tokenizer, { segments }: TokenizerFileOptions): object {
  const { vocabulary, merges, scores } = tokenizer;
  const { tokens, padId, unknownId, classifyId, separateId, maskId } = vocabulary;
  const ids = [padId, unknownId, classifyId, separateId, maskId].sort((a, b) => a - b);
  const [start, end] = [tokens[classifyId]!, tokens[separateId]!];
  const mark = (token: string, segment: number) => ({ SpecialToken: { id: token, type_id: segment } });
  const text = (name: 'A' | 'B', segment: number) => ({ Sequence: { id: name, type_id: segment } });
  const single = [mark(start, 0), text('A', 0), mark(end, 0)];
  const b = segments ? 1 : 0;
  const second = [...(isRoberta(vocabulary) ? [mark(end, b)] : []), text('B', b), mark(end, b)];
  const own = ownPipeline(tokenizer);
  const entry = (token: string, id: number) => [token, { id: token, ids: [id], tokens: [token] }];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: ids.map((id) => special(tokens[id]!, id, merges !== undefined || scores !== undefined)),
    normalizer: own.normalizer,
    pre_tokenizer: own.pre_tokenizer,
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, ...second],
      special_tokens: Object.fromEntries([entry(start, classifyId), entry(end, separateId)]),
    },
    decoder: own.decoder,
    model: own.model,
  };
}

function config(vocabulary: Vocabulary, { maxLength, segments, className }: TokenizerFileOptions): object {
  const { tokens, padId, unknownId, classifyId, separateId, maskId } = vocabulary;
  const bert = { do_lower_case: true, strip_accents: null, tokenize_chinese_chars: true };
  return {
    tokenizer_class: className,
    ...(className === 'PreTrainedTokenizerFast' ? {} : bert),
    model_max_length: maxLength,
    ...(isRoberta(vocabulary) ? { bos_token: tokens[classifyId], eos_token: tokens[separateId] } : {}),
    unk_token: tokens[unknownId],
    sep_token: tokens[separateId],
    pad_token: tokens[padId],
    cls_token: tokens[classifyId],
    mask_token: tokens[maskId],
    model_input_names: segments ? ['input_ids', 'token_type_ids', 'attention_mask'] : ['input_ids', 'attention_mask'],
  };
}

/**
 * The tokenizer back from its files: from `tokenizer.json` if it is there, else from `vocab.txt`. How often each token
 * stands in a text is in no file, so all counts are 0.
 */
export function readTokenizer(files: TokenizerFiles, functionWords?: readonly string[]): Tokenizer {
  const json = toText(files['tokenizer.json']);
  const plain = toText(files['vocab.txt']);
  if (json === undefined && plain === undefined) {
    throw new AppError(
      'bad-file',
      'There is neither tokenizer.json nor vocab.txt among the files, so the tokens have no names. Add one of them.',
    );
  }
  const read = json === undefined ? { tokens: readVocabularyText(plain!) } : readPipeline(json);
  const model = { ...read, counts: read.tokens.map(() => 0) };
  if (model.scores) return createUnigram(model, functionWords);
  return model.merges ? createBytes(model, functionWords) : create(model, functionWords);
}

function readVocabularyText(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readPipeline(text: string): Pick<Model, 'tokens' | 'merges' | 'scores'> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AppError('bad-file', 'tokenizer.json is not valid JSON, so it cannot be read. Export it again.');
  }
  const model = isRecord(json) ? json.model : undefined;
  const typeOf = (key: string) => isRecord(json) && isRecord(json[key]) && json[key].type;
  if (isRecord(model) && typeOf('model') === 'Unigram' && typeOf('pre_tokenizer') === 'Metaspace')
    return readScores(model.vocab);
  const isBytes =
    typeOf('model') === 'BPE' && typeOf('pre_tokenizer') === 'ByteLevel' && typeOf('normalizer') === 'Prepend';
  if (!isRecord(model) || !(isBytes || model.type === 'WordPiece') || !isRecord(model.vocab)) {
    const found = isRecord(model) ? String(model.type) : 'nothing';
    throw new AppError(
      'bad-file',
      `tokenizer.json was expected to hold a WordPiece model, but holds ${found}. Only WordPiece vocabularies, and byte or unigram pieces in the form written here, can be imported.`,
    );
  }
  if (!isBytes && model.continuing_subword_prefix !== continuation) {
    throw new AppError(
      'bad-file',
      `tokenizer.json marks continuing pieces with ${JSON.stringify(model.continuing_subword_prefix)}; expected "##". Import a vocabulary in BERT's spelling.`,
    );
  }
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) if (typeof id === 'number') tokens[id] = token;
  const missing = Array.from(tokens, (token, id) => (token === undefined ? id : -1)).find((id) => id >= 0);
  if (missing !== undefined) {
    throw new AppError(
      'bad-file',
      `tokenizer.json has no token for id ${missing}; expected ids without a gap. Export it again.`,
    );
  }
  return { tokens, merges: isBytes ? readMerges(model.merges, tokens) : undefined };
}
