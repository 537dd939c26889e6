/** The ledger is one whose history is not kept; every refresh reads all of it by plain SQL. */
export class UnfitError extends Error {}
