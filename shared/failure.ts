import * as z from 'zod/mini';

/** Every way in which watching a ledger can fail; each has one sentence and one retry policy. */
export const failureCodes = [
  'unreachable',
  'refused',
  'unknown-host',
  'authentication',
  'tls',
  'no-database',
  'too-many-connections',
  'starting-up',
  'missing-relation',
  'missing-column',
  'wrong-type',
  'missing-privilege',
  'table-locked',
  'too-slow',
  'terminated',
  'not-read-only',
  'other',
] as const;

/** One of {@link failureCodes}. */
export type FailureCode = (typeof failureCodes)[number];

/**
 * `backoff`: tried again by itself, soon at first, then less often. `needs-you`: a person has to
 * mend something; tried again by itself too, but slowly, so that no account gets locked.
 */
export const retryPolicySchema = z.enum(['backoff', 'needs-you']);

/** A failure as a person reads it. Never a secret, never a raw driver message. */
export const failureSchema = z.object({
  code: z.enum(failureCodes),
  /** What happened. */
  cause: z.string(),
  /** What can be done about it; empty when nothing is needed. */
  remedy: z.string(),
  retry: retryPolicySchema,
});

export type LedgerFailure = z.infer<typeof failureSchema>;

/** Whether the failure means that there is no connection; else the server answers, but not with figures. */
export function isDisconnection(code: FailureCode): boolean {
  switch (code) {
    case 'unreachable':
    case 'refused':
    case 'unknown-host':
    case 'authentication':
    case 'tls':
    case 'no-database':
    case 'too-many-connections':
    case 'starting-up':
    case 'terminated':
      return true;
    case 'missing-relation':
    case 'missing-column':
    case 'wrong-type':
    case 'missing-privilege':
    case 'table-locked':
    case 'too-slow':
    case 'not-read-only':
    case 'other':
      return false;
  }
}
