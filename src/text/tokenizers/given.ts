/** What a foreign tokenizer makes of a text. */
export interface Encoded {
  readonly ids: readonly number[];
  /** 0 or 1 for each id. */
  readonly segments: readonly number[];
}

/** Reads a text, with the special tokens around it that its file puts there, or without any. */
export type Encode = (text: string, framed: boolean) => Encoded;

/**
 * A tokenizer as its `tokenizer.json` describes it, by Hugging Face's own library, which is fetched now. Throws
 * whatever the library does where the file describes none.
 */
export async function givenTokenizer(json: object, config: object): Promise<Encode> {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(json, config);
  return (text, framed) => {
    const { ids, token_type_ids: segments } = tokenizer.encode(text, {
      add_special_tokens: framed,
      return_token_type_ids: true,
    });
    return { ids: ids.map(Number), segments: ids.map((_, i) => (segments?.[i] === 1 ? 1 : 0)) };
  };
}
