import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/training/protocol.ts';
import { train } from '../../src/training/train.ts';

/** A trainer whose losses arrive when they are told to, and a diary of what was done. */
function trainer(turnAt = -1) {
  const diary: string[] = [];
  const arrive = new Map<number, () => void>();
  let step = 0;
  let turned = false;
  return {
    diary,
    arrive: (at: number) => arrive.get(at)!(),
    get step() {
      return step;
    },
    get isAtTurn() {
      return step === turnAt && !turned;
    },
    turn: async () => {
      diary.push('turn');
      turned = true;
    },
    prepare: () => diary.push(`prepare ${step + 1}`),
    advance: () => {
      step += 1;
      const mine = step;
      diary.push(`update ${mine}`);
      return new Promise<Step>((resolve) => {
        arrive.set(mine, () => {
          diary.push(`loss ${mine}`);
          resolve({ step: mine, losses: {}, atMs: 0, tokens: 0, scoredShare: 0 });
        });
      });
    },
  };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));

describe('training', () => {
  it('draws the batch after next while two updates are on their way, and none beyond its goal', async () => {
    const one = trainer();
    const steps = train(one, () => 3);
    const first = steps.next();
    await soon();
    expect(one.diary).toEqual(['update 1', 'update 2', 'prepare 3']);
    one.arrive(1);
    await first;
    const second = steps.next();
    await soon();
    expect(one.diary).toEqual(['update 1', 'update 2', 'prepare 3', 'loss 1', 'update 3']);
    one.arrive(2);
    one.arrive(3);
    await second;
    expect((await steps.next()).value).toMatchObject({ step: 3 });
    expect(await steps.next()).toEqual({ value: undefined, done: true });
  });

  it('goes on with its updates while what was looked at travels back, and yields it in its place', async () => {
    const one = trainer();
    let seen: (what: string) => void = () => undefined;
    const look = () => {
      one.diary.push(`look ${one.step}`);
      return one.step === 1
        ? [
            new Promise<string>((resolve) => {
              seen = resolve;
            }),
          ]
        : [];
    };
    const steps = train<string>(one, () => 3, look);
    const first = steps.next();
    await soon();
    expect(one.diary).toEqual(['look 0', 'update 1', 'look 1', 'update 2', 'look 2', 'prepare 3']);
    one.arrive(1);
    expect((await first).value).toMatchObject({ step: 1 });
    const second = steps.next();
    one.arrive(2);
    await soon();
    expect(one.diary.slice(-2)).toEqual(['look 3', 'loss 2']);
    seen('as it was after 1');
    expect((await second).value).toBe('as it was after 1');
    expect((await steps.next()).value).toMatchObject({ step: 2 });
  });

  it('looks at nothing where its goal is reached', async () => {
    const steps = train(
      trainer(),
      () => 0,
      () => [Promise.resolve('seen')],
    );
    expect(await steps.next()).toEqual({ value: undefined, done: true });
  });

  it('turns to other weights when all that was looked at has come in, too', async () => {
    const one = trainer(1);
    let seen: (what: string) => void = () => undefined;
    const look = () =>
      one.step === 1 && !one.diary.includes('turn')
        ? [
            new Promise<string>((resolve) => {
              seen = resolve;
            }),
          ]
        : [];
    const steps = train<string>(one, () => 2, look);
    const first = steps.next();
    await soon();
    one.arrive(1);
    await first;
    const second = steps.next();
    await soon();
    expect(one.diary).not.toContain('turn');
    seen('before the turn');
    await second;
    const third = steps.next();
    await soon();
    expect(one.diary.slice(-2)).toEqual(['turn', 'update 2']);
    one.arrive(2);
    await third;
  });

  it('that is ended comes back when nothing is on its way any more, and says no more of what failed', async () => {
    const one = trainer();
    let fail: (error: Error) => void = () => undefined;
    const look = () =>
      one.step === 2
        ? [
            new Promise<string>((_, reject) => {
              fail = reject;
            }),
          ]
        : [];
    const steps = train<string>(one, () => 9, look);
    const first = steps.next();
    await soon();
    one.arrive(1);
    await first;
    let isOver = false;
    const ending = steps.return().then(() => {
      isOver = true;
    });
    fail(new Error('too late'));
    await soon();
    expect(isOver).toBe(false);
    one.arrive(2);
    await ending;
    expect(one.diary.at(-1)).toBe('loss 2');
  });
});
