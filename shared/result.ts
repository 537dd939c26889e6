import { failureCodes } from './failure.ts';

/** What a call can fail with: what the ledger fails with, and what the call itself does. */
export const callErrorCodes = [
  ...failureCodes,
  ...(['bad-request', 'forbidden', 'too-many-requests', 'internal'] as const),
] as const;

/** A failed call as a person may read it. */
export interface CallError {
  readonly code: (typeof callErrorCodes)[number];
  /** What, why, what next; never a secret, never a raw driver message. */
  readonly message: string;
}

/** The one result shape of every call. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CallError };
