import type { UseStore } from 'idb-keyval';

/** How long the browser may take over one call, in milliseconds: a large model on a slow disk is written by then. */
const patienceMs = 15_000;

/** A call that the browser did not answer in time. */
export class Unanswered extends Error {}

/** Opens the database. One that somebody else wants to change or delete is let go and opened again when next needed. */
function openDatabase(name: string, table: string): () => Promise<IDBDatabase> {
  let opening: Promise<IDBDatabase> | undefined;
  return () => {
    opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      const forget = () => {
        opening = undefined;
      };
      request.onupgradeneeded = () => void request.result.createObjectStore(table);
      request.onblocked = () => reject(new Unanswered(`${name} is held by another tab`));
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        database.onclose = forget;
        database.onversionchange = () => {
          database.close();
          forget();
        };
        resolve(database);
      };
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };
}

/** One answer of the browser as a promise. */
export const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Comes back when all of a transaction is written. */
export const written = ({ transaction }: IDBObjectStore): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/**
 * A table of the database whose every call comes back: with what the browser says, or with `Unanswered`. While one call
 * is overdue the others fail at once, so that a run is not held up again and again.
 */
export function openTable(name: string, table: string, ms = patienceMs): UseStore {
  const database = openDatabase(name, table);
  let overdue: Promise<unknown> | undefined;

  return async (mode, work) => {
    if (overdue) throw new Unanswered('an earlier call is overdue');
    const call = database().then((db) => work(db.transaction(table, mode).objectStore(table)));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        overdue = call;
        call
          .catch(() => undefined)
          .then(() => {
            overdue = undefined;
          });
        reject(new Unanswered(`no answer within ${ms} ms`));
      }, ms);
    });
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
