import { corpora } from '../text/catalog.ts';
import { tokenizerOf } from '../text/tokenizers/catalog.ts';
import type { Lab } from './lab.svelte.ts';
import { createRunData, type RunData } from './run-data.svelte.ts';

/** What is read instead of the text of a run, and how. */
export interface OtherText {
  readonly corpus?: string | undefined;
  readonly tokenizer?: string | undefined;
  readonly vocabSize?: number | undefined;
}

/**
 * The text of the lab's run or, where another is asked for, that one, with as many pieces as it proposes. To be called
 * while a component is set up.
 */
export function createCorpusData(lab: () => Lab, wanted: () => OtherText): { readonly text: RunData } {
  const choice = $derived.by(() => {
    const { text } = lab().run;
    const { corpus = text.corpus, tokenizer = text.tokenizer, vocabSize } = wanted();
    const isSame = corpus === text.corpus && tokenizer === text.tokenizer;
    const proposed = (corpora[corpus]?.vocabularySize ?? text.vocabSize) + tokenizerOf(tokenizer).more;
    const size = vocabSize ?? (isSame ? text.vocabSize : proposed);
    return isSame && size === text.vocabSize ? undefined : { ...text, corpus, tokenizer, vocabSize: size };
  });
  const other = createRunData(() => choice);
  return {
    get text() {
      return choice ? other : lab().text;
    },
  };
}
