/** What is needed of an entry of a browser's trace (Trace Event Format); times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread within the entry, which other work on the machine does not lengthen. */
  readonly tdur?: number;
  readonly args?: { readonly name?: unknown };
}

/** Milliseconds of processor time that each task of the page's thread took: of the busiest, where there are several. */
export function tracedTasks(events: readonly TraceEvent[]): readonly number[] {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasksOf = ({ pid, tid }: TraceEvent) =>
    events.filter((one) => one.name.endsWith('RunTask') && one.pid === pid && one.tid === tid);
  const all = threads.map(tasksOf).sort((a, b) => b.length - a.length);
  return (all[0] ?? []).map(({ tdur = 0 }) => tdur / 1000);
}
