/** 100 % in basis points. */
export const wholeBasisPoints = 10_000;
