import type { Recording } from './recording.ts';

/** Whether the text is rotated, and where it then begins: at any of its first `places` tokens alike. */
export function turn({ options, rng, tape }: Recording, places: number): void {
  const { rotateRate } = options;
  const { isTurned } = tape.take('turn', 0, () => {
    const turned = rng.next() < rotateRate;
    return { kind: 'turn', about: 0, isTurned: turned, chance: turned ? rotateRate : 1 - rotateRate };
  });
  if (!isTurned || places < 1) return;
  tape.take(
    'offset',
    0,
    () => ({ kind: 'offset', about: 0, offset: 1 + rng.int(places), chance: 1 / places }),
    (old) => old.offset <= places,
  );
}
