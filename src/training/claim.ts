/**
 * Says that this place has a run, until the returned function is called. `onTaken` is called once if another tab has it
 * for longer than it takes a page that is being left to let go.
 */
export type Claim = (key: string, onTaken: () => void) => () => void;

/** How long a page that is being left may hold a run, in milliseconds. */
const leavingMs = 5000;

/** A place that was busy for long hears its own lock and its own clock at once: the lock first. */
const graceMs = 250;

/** What claims need of the browser. */
interface Means {
  readonly locks?: Pick<LockManager, 'request'>;
  readonly open?: () => BroadcastChannel;
}

const means: Means = {
  locks: typeof navigator === 'undefined' ? undefined : navigator.locks,
  open: typeof BroadcastChannel === 'undefined' ? undefined : () => new BroadcastChannel('unmask runs'),
};

/** A lock that is waited for: it is ours as soon as whoever has it closes. */
function byLock(locks: Pick<LockManager, 'request'>, key: string, onTaken: () => void, ms: number): () => void {
  const left = new AbortController();
  let letGo: () => void = () => undefined;
  const isLeft = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let late = setTimeout(() => {
    late = setTimeout(onTaken, graceMs);
  }, ms);
  const hold = () => {
    clearTimeout(late);
    return isLeft;
  };
  locks.request(`unmask ${key}`, { signal: left.signal }, hold).catch(() => clearTimeout(late));
  return () => {
    clearTimeout(late);
    letGo();
    left.abort();
  };
}

/** Where there are no locks: a question to all tabs, which each that has the run answers. */
function byAsking(channel: BroadcastChannel, key: string, onTaken: () => void, ms: number): () => void {
  let isSaid = false;
  channel.onmessage = ({ data }: MessageEvent<{ readonly asks?: string; readonly has?: string }>) => {
    if (data.asks === key) channel.postMessage({ has: key });
    if (data.has !== key || isSaid) return;
    isSaid = true;
    onTaken();
  };
  const later = setTimeout(() => channel.postMessage({ asks: key }), ms);
  return () => {
    clearTimeout(later);
    channel.close();
  };
}

/** Claims by the Web Locks API, or by asking where there is none; where there is neither nobody is told. */
export function createClaim({ locks, open }: Means = means, ms = leavingMs): Claim {
  return (key, onTaken) => {
    if (locks) return byLock(locks, key, onTaken, ms);
    const channel = open?.();
    return channel ? byAsking(channel, key, onTaken, ms) : () => undefined;
  };
}

export const claimRun: Claim = createClaim();
