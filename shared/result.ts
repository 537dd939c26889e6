import type { FailureCode } from './failure.ts';

/** A failed call as a person may read it. */
export interface CallError {
  readonly code: FailureCode | 'bad-request' | 'forbidden' | 'internal';
  /** What, why, what next; never a secret, never a raw driver message. */
  readonly message: string;
}

/** The one result shape of every call. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CallError };
