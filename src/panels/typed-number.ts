/** Between two digits of one number at most so long, in milliseconds. */
const settleMs = 900;

/** Numbers as they are typed. */
export interface TypedNumber {
  digit(one: string): void;
  /** Tells what was typed so far at once; whether there was something. */
  settle(): boolean;
}

/**
 * Digits that are typed one after the other name one number, which is told when no further one comes, or as soon as
 * the next digit would make a number that is none of them. `onTyped` is told what stands there so far.
 */
export function createTypedNumber(
  fits: (number: number) => boolean,
  tell: (number: number) => void,
  onTyped: (digits: string) => void = () => undefined,
): TypedNumber {
  let typed = '';
  let settling: ReturnType<typeof setTimeout> | undefined;
  const write = (digits: string) => {
    typed = digits;
    onTyped(digits);
  };
  function settle(): boolean {
    clearTimeout(settling);
    if (typed === '') return false;
    const number = Number(typed);
    write('');
    if (fits(number)) tell(number);
    return true;
  }
  return {
    settle,
    digit(one) {
      if (typed !== '' && !fits(Number(typed + one))) settle();
      write(typed + one);
      clearTimeout(settling);
      settling = setTimeout(settle, settleMs);
    },
  };
}
