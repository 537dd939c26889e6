import type { LedgerFailure } from '../../shared/failure.ts';
import type { CallError } from '../../shared/result.ts';

/** The monitor cannot ask the ledger now; the message says why, for a person. */
export class NotAvailableError extends Error {
  override readonly name = 'NotAvailableError';
  readonly code: CallError['code'];

  constructor(message: string, code: CallError['code'] = 'other') {
    super(message);
    this.code = code;
  }
}

/** A person paused the monitor. */
export const pausedError = (): NotAvailableError =>
  new NotAvailableError('Watching is paused, so nothing is asked of the database.');

/** The ledger fails for now. */
export const failedError = ({ cause, code }: LedgerFailure): NotAvailableError =>
  new NotAvailableError(cause, code);

/** Rows that a person asked for would cost the figures too long a rest. */
export const tooSlowError = (deadlineMs: number): NotAvailableError =>
  new NotAvailableError(
    `These rows take longer than ${deadlineMs / 1000} s to read, so the query was cancelled. The figures go on.`,
    'too-slow',
  );
