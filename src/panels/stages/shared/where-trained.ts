/** Where what a stage speaks of is trained: a lesson has steps for its lab, the playground has it below. */
export const whereTrained = 'in the lab (the act Train of a lesson; below, in the playground)';
