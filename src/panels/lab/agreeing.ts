/**
 * Which tokens of `written` are part of the longest common subsequence with `original`: the rest is what the writer
 * got wrong, however far it shifts what comes after. Wagner & Fischer 1974.
 */
export function agreeing(original: readonly number[], written: readonly number[]): readonly boolean[] {
  const width = written.length + 1;
  /** lengths[i · width + j]: of the longest common subsequence of what begins at i and at j. */
  const lengths = new Int32Array((original.length + 1) * width);
  for (let i = original.length - 1; i >= 0; i--)
    for (let j = written.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        original[i] === written[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  const agrees = written.map(() => false);
  for (let i = 0, j = 0; i < original.length && j < written.length; ) {
    if (original[i] === written[j]) {
      agrees[j] = true;
      i++;
      j++;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return agrees;
}
