/** The database of this browser in which runs are kept. */
export const keptPlace = 'unmask';

/** Whether runs may have been kept: on a first visit none were, and what would read them need not be fetched. */
export async function mayHaveKept(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === keptPlace);
  } catch {
    // A browser that does not tell may have some, and whoever reads them says what is wrong.
    return true;
  }
}
