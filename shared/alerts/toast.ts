import type { Severity } from './rule.ts';

/** A notification as a person reads it. */
export interface Toast {
  /** Of its entry in the outbox. */
  readonly id: string;
  /** States metric, value and threshold. */
  readonly title: string;
  readonly body: string;
  readonly severity: Severity;
  /** Stays until it is dismissed. */
  readonly isSticky: boolean;
  /** What a click opens; null opens the inbox. */
  readonly episodeId: string | null;
}
