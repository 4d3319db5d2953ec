/** How slowly AdamW's running means of the gradient and of its square move, and what keeps its quotient finite. */
export const adamMoments = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8 } as const;

/** Share of the running mean that Muon keeps. */
export const muonMomentum = 0.9;
