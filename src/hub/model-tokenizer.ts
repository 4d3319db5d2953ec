import { AppError, quoted } from '../core/errors.ts';
import type { Vocabulary } from '../text/document.ts';
import { type Encode, givenTokenizer } from '../text/tokenizers/given.ts';
import { continuation } from '../text/vocabulary.ts';
import { parseConfig } from './checkpoint.ts';
import { type Folder, readWhole, refuse } from './ranged.ts';
import { readTokenizer } from './tokenizer-json.ts';

/** The longest `tokenizer.json` of the family has 17 MB. */
const longest = 25_000_000;
const pipeline = 'tokenizer.json';
const list = 'vocab.txt';

/** The words of a model that came in files: what its ids mean, and how a text becomes ids. */
export interface ModelTokenizer {
  readonly vocabulary: Vocabulary;
  /** The file it was read from. */
  readonly file: string;
  /** Throws `bad-file` where the file cannot make ids of this text. */
  readonly encode: Encode;
}

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function smallJson(files: Folder, name: string): Promise<Json> {
  const file = files.get(name);
  return file ? parseConfig(await readWhole(file, name, longest), name) : {};
}

/**
 * The tokenizer of a model with `size` rows in its table of words. Throws `AppError('bad-file')` where there is none,
 * or one of another size.
 */
export async function openTokenizer(files: Folder, size: number): Promise<ModelTokenizer> {
  const config = {
    ...(await smallJson(files, 'special_tokens_map.json')),
    ...(await smallJson(files, 'tokenizer_config.json')),
  };
  if (files.has(pipeline)) return fromPipeline(await smallJson(files, pipeline), config, size);
  const file = files.get(list);
  if (file && config.do_lower_case === false)
    refuse(
      `This model tells upper case from lower case, which ${list} alone does not say how to. Add its ${pipeline} to the files.`,
    );
  const own = readTokenizer(file ? { [list]: await readWhole(file, list, longest) } : {});
  const { vocabulary } = own;
  checkSize(list, vocabulary.size, vocabulary.size, size);
  const { classifyId, separateId } = vocabulary;
  return {
    vocabulary,
    file: list,
    encode(text, framed) {
      const ids = own.encode(text);
      const all = framed ? [classifyId, ...ids, separateId] : ids;
      return { ids: all, segments: all.map(() => 0) };
    },
  };
}

/** Tables are padded to round numbers, but not by more than this share. */
const mostPadding = 0.01;

function checkSize(name: string, tokens: number, ids: number, size: number): void {
  if (ids <= size && tokens >= size * (1 - mostPadding)) return;
  refuse(
    `${name} has ${tokens.toLocaleString('en')} tokens, and the model has ${size.toLocaleString('en')} in its table: they do not belong together. Choose the tokenizer and the weights of the same folder.`,
  );
}

async function fromPipeline(json: Json, config: Json, size: number): Promise<ModelTokenizer> {
  const { tokens, specials } = tokensOf(json);
  checkSize(pipeline, tokens.filter((token) => token !== undefined).length, tokens.length, size);
  const vocabulary = vocabularyOf(tokens, specials, config, size);
  let encode: Encode;
  try {
    encode = await givenTokenizer(json, config);
    encode('a', true);
  } catch (error) {
    return refuse(
      `${pipeline} describes no tokenizer that can be built (${quoted(String((error as Error)?.message ?? error))}). Choose the unchanged file.`,
    );
  }
  return {
    vocabulary,
    file: pipeline,
    encode(text, framed) {
      let encoded: ReturnType<Encode>;
      try {
        encoded = encode(text, framed);
      } catch (error) {
        throw new AppError(
          'bad-text',
          `${pipeline} fails at this sentence (${quoted(String(error))}). Try another one.`,
        );
      }
      if (encoded.ids.every((id) => Number.isInteger(id) && id >= 0 && id < size)) return encoded;
      throw new AppError(
        'bad-text',
        `${pipeline} makes tokens of this sentence that the model does not know. Try another sentence.`,
      );
    },
  };
}

/** Every token by its id, and the ids of those that carry no text. */
function tokensOf(json: Json): { tokens: (string | undefined)[]; specials: ReadonlySet<number> } {
  const vocab = isRecord(json.model) ? json.model.vocab : undefined;
  const listed: readonly (readonly [unknown, unknown])[] = Array.isArray(vocab)
    ? vocab.map((entry: unknown, id) => [Array.isArray(entry) ? entry[0] : undefined, id])
    : Object.entries(isRecord(vocab) ? vocab : {});
  const added = (Array.isArray(json.added_tokens) ? json.added_tokens : []).filter(isRecord);
  const tokens: (string | undefined)[] = [];
  const most = listed.length + added.length;
  for (const [token, id] of [...listed, ...added.map(({ content, id }) => [content, id] as const)]) {
    if (typeof token !== 'string' || !Number.isInteger(id) || (id as number) < 0 || (id as number) > 2 * most + 1000)
      refuse(`${pipeline} gives ${quoted(JSON.stringify(token))} the id ${quoted(id)}. Choose the unchanged file.`);
    tokens[id as number] = token as string;
  }
  if (listed.length === 0) refuse(`${pipeline} has no vocabulary. Choose the unchanged file.`);
  const specials = new Set(added.filter(({ special }) => special === true).map(({ id }) => id as number));
  return { tokens: Array.from(tokens), specials };
}

/** How a file names a special token: by itself, or with how it is cut. */
const contentOf = (value: unknown): unknown => (isRecord(value) ? value.content : value);

function vocabularyOf(
  tokens: readonly (string | undefined)[],
  specials: ReadonlySet<number>,
  config: Json,
  size: number,
): Vocabulary {
  const names = Array.from({ length: size }, (_, id) => tokens[id] ?? `[no token ${id}]`);
  const ids = new Map(names.map((token, id) => [token, id]));
  /** By the role that the config gives it, or as it is usually spelled; −1, which is no token, where there is none. */
  const role = (key: string, ...usual: readonly string[]): number => {
    const said = contentOf(config[key]);
    for (const token of [said, ...usual]) {
      const id = typeof token === 'string' ? ids.get(token) : undefined;
      if (id !== undefined) return id;
    }
    return -1;
  };
  const padId = role('pad_token', '[PAD]', '<pad>');
  const unknownId = role('unk_token', '[UNK]', '<unk>');
  const classifyId = role('cls_token', '[CLS]', '<s>', '<cls>');
  const separateId = role('sep_token', '[SEP]', '</s>', '<sep>');
  const maskId = role('mask_token', '[MASK]', '<mask>');
  const isSpecial = new Set([...specials, padId, unknownId, classifyId, separateId, maskId]);
  return {
    tokens: names,
    size,
    counts: new Array<number>(size).fill(0),
    padId: Math.max(0, padId),
    unknownId,
    classifyId,
    separateId,
    maskId,
    idOf: (token) => ids.get(token),
    isSpecial: (id) => isSpecial.has(id),
    continues: (id) => names[id]?.startsWith(continuation) ?? false,
    isContent: (id) => !isSpecial.has(id),
  };
}
