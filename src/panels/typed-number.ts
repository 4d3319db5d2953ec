/** Between two digits of one number at most so long, in milliseconds. */
const settleMs = 600;

/** Digits that are typed one after the other name one number, which is told when no further one comes. */
export function createTypedNumber(tell: (number: number) => void): (digit: string) => void {
  let typed = '';
  let settling: ReturnType<typeof setTimeout> | undefined;
  return (digit) => {
    typed += digit;
    clearTimeout(settling);
    settling = setTimeout(() => {
      const number = Number(typed);
      typed = '';
      tell(number);
    }, settleMs);
  };
}
