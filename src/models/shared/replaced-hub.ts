type Part = 'generator' | 'discriminator';

export const isPart = (part: string | undefined): part is Part => part === 'generator' || part === 'discriminator';

/** What both networks read their tokens from. */
const tables = [
  'word_embeddings.weight',
  'position_embeddings.weight',
  'token_type_embeddings.weight',
  'LayerNorm.weight',
  'LayerNorm.bias',
];

/** The names in the generator's file with the discriminator's numbers; `body` is what both call their network. */
export const sharedTables =
  (body: string) =>
  ({ sharedEmbeddings }: { readonly sharedEmbeddings: boolean }): Readonly<Record<string, string>> => {
    const names = sharedEmbeddings ? tables.map((name) => `${body}.embeddings.${name}`) : [];
    return Object.fromEntries(names.map((name) => [`generator.${name}`, `discriminator.${name}`] as const));
  };
