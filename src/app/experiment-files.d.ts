/** What the folders of the lessons say of their experiments, by path: see `build/experiments.ts`. */
declare module 'virtual:experiments' {
  type Said = Omit<import('./experiments.ts').StoredExperiment, 'id'>;
  /** Beside it what the lesson says of its own run. */
  const definitions: Readonly<Record<string, Said & { readonly lessonRun: import('../training/run.ts').Settings }>>;
  export default definitions;
}
