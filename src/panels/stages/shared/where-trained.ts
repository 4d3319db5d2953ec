/** Where the reader trains what a stage speaks of: the lab of a lesson has steps of its own, that of the playground is below. */
export const whereTrained = 'in the lab (the act Train of a lesson; below, in the playground)';
