import type { FailedOrder } from './episode.ts';

/** Where a sample stands among all: the same again changes nothing, an older one is dropped. */
export interface SampleOrder {
  /** The database's clock of its snapshot, as an instant; what was read before it is older. */
  readonly asOf: string;
  readonly snapshotId: string;
  /** Counts the samples of one snapshot: a path has many. */
  readonly position: number;
}

/** What a rule is evaluated on. */
export type Sample = SampleOrder &
  (
    | {
        readonly kind: 'ok';
        /** Exact decimal in the unit of the rule's kind. */
        readonly value: string;
        /** Trading day that the value belongs to, by its name. */
        readonly day: string;
        /** A close that came to light after later ones had been evaluated. */
        readonly isLate: boolean;
        /** Of events that are counted: the rows behind the latest, newest first. */
        readonly orders?: readonly FailedOrder[] | undefined;
      }
    | { readonly kind: 'no-data'; readonly reason: string }
    /** `code` names the class of the failure, in words a person may read. */
    | { readonly kind: 'error'; readonly code: string }
  );

/** The engine's time of a sample. */
export interface Now {
  /** Instant that an episode is dated with: of the close for path rules, else the database's clock. */
  readonly at: string;
  /** Milliseconds on the clock that periods run on: that of the closes, or a monotonic one. */
  readonly ms: number;
}
