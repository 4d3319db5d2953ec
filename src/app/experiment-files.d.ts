/** What the folders of the lessons say of their experiments, by path: see `build/experiments.ts`. */
declare module 'virtual:experiments' {
  const definitions: Readonly<Record<string, Omit<import('./experiments.ts').StoredExperiment, 'id'>>>;
  export default definitions;
}
