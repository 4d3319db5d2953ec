/**
 * What is fetched for a panel whenever what it depends on has changed; what belonged to an earlier state is forgotten,
 * and comes too late. Nothing is fetched as long as `load` gives undefined. To be called while a component is set up.
 */
export function createFetched<T>(load: () => Promise<T> | undefined): {
  readonly current: T | undefined;
  /** Why it did not come. */
  readonly problem: string | undefined;
} {
  let current = $state.raw<T>();
  let problem = $state<string>();
  $effect(() => {
    let isLate = false;
    const coming = load();
    current = undefined;
    problem = undefined;
    coming?.then(
      (found) => {
        if (!isLate) current = found;
      },
      (error: unknown) => {
        if (!isLate) problem = error instanceof Error ? error.message : String(error);
      },
    );
    return () => {
      isLate = true;
    };
  });
  return {
    get current() {
      return current;
    },
    get problem() {
      return problem;
    },
  };
}
