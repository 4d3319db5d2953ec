/** Nats a question of one who knows only that a share `p` of the answers is yes. */
export const surprise = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p));
