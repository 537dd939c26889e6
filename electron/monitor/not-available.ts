import type { FailureCode } from '../../shared/failure.ts';

/** The monitor cannot ask the ledger now; the message says why, for a person. */
export class NotAvailableError extends Error {
  override readonly name = 'NotAvailableError';
  readonly code: FailureCode;

  constructor(message: string, code: FailureCode = 'other') {
    super(message);
    this.code = code;
  }
}
