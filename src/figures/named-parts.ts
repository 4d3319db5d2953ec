/** What of the model's picture a word can name. */
export const modelParts = ['embeddings', 'layer', 'attention', 'state', 'head'] as const;
export type ModelPart = (typeof modelParts)[number];

export const isModelPart = (name: string): name is ModelPart => modelParts.includes(name as ModelPart);
