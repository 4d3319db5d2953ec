import { expect, test } from 'vitest';
import { type Choice, createTape } from '../../src/objectives/tape.ts';
import { int, scripted } from '../support/scripted.ts';

interface Seat {
  readonly kind: 'seat';
  readonly about: number;
  readonly at: number;
}

const seat = (about: number, at: number): Seat => ({ kind: 'seat', about, at });
const of = ({ at }: Seat) => at;

/** Who sits where after each of `turns` chose among what is left of `seats`; `draws` are indices of what is open. */
function seated(
  held: readonly Seat[],
  turns: number,
  draws: readonly (readonly [of: number, index: number])[],
  more: Partial<Choice<Seat>> = {},
) {
  const rng = scripted(draws.flatMap(([count, index]) => int(0, count - 1, index)));
  const tape = createTape(held);
  const left = new Set([10, 20, 30, 40]);
  for (let about = 0; about < turns; about++) {
    const { at } = tape.choose('seat', about, { open: [...left], of, make: (at) => seat(about, at), rng, ...more });
    left.delete(at);
  }
  expect(rng.left()).toBe(0);
  return tape.steps.map(of);
}

test('with nothing held each choice is one of those that are open, all alike', () => {
  expect(
    seated([], 2, [
      [4, 3],
      [3, 0],
    ]),
  ).toEqual([40, 10]);
});

test('what is held stays, and what is drawn anew leaves it alone', () => {
  expect(seated([seat(1, 20), seat(2, 30)], 3, [[2, 1]])).toEqual([40, 20, 30]);
});

test('where nothing else is open a fresh choice takes what another holds, who then chooses again', () => {
  const all = [seat(1, 20), seat(2, 30), seat(3, 40)];
  expect(
    seated([seat(0, 50), ...all, seat(4, 10)], 4, [
      [4, 1],
      [3, 0],
    ]),
  ).toEqual([20, 10, 30, 40]);
});

test('where two may change places the one drawn anew takes any, and who loses its place what nobody holds', () => {
  const all = [seat(1, 20), seat(2, 30), seat(3, 40)];
  expect(
    seated(
      all,
      4,
      [
        [4, 2],
        [1, 0],
      ],
      { swaps: 'once' },
    ),
  ).toEqual([30, 20, 10, 40]);
});

test('where all may be taken one fresh choice can lead to another', () => {
  const all = [seat(1, 20), seat(2, 30)];
  expect(
    seated(
      all,
      3,
      [
        [4, 1],
        [3, 1],
        [2, 1],
      ],
      { swaps: 'freely' },
    ),
  ).toEqual([20, 30, 40]);
});

test('a held step that does not fit chooses again, or stays and is made anew', () => {
  const fits = () => false;
  expect(seated([seat(0, 20)], 1, [[3, 2]], { fits })).toEqual([40]);
  const make = (at: number, misfit?: Seat) => seat(misfit ? 7 : 0, at);
  const tape = createTape([seat(0, 20)]);
  tape.choose('seat', 0, { open: [10, 20], of, make, fits, stays: true });
  expect(tape.steps).toEqual([seat(7, 20)]);
});

test('in an order that was drawn before, the first that nobody holds is next', () => {
  expect(seated([seat(1, 10)], 2, [], { rng: undefined })).toEqual([20, 10]);
});
