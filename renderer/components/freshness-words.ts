import type { Freshness } from '../../shared/freshness.ts';
import type { MonitorStatus } from '../../shared/monitor-state.ts';

/** The word beside the dot of the trust bar. */
export function freshnessWord(freshness: Freshness, status: MonitorStatus['kind']): string {
  switch (freshness.kind) {
    case 'starting':
      return 'Reading';
    case 'live':
      return 'Live';
    case 'late':
      return 'Late';
    case 'stale':
      return status === 'verifying' ? 'Verifying' : 'Stale';
    case 'disconnected':
      return 'Disconnected';
    case 'paused':
      return 'Paused';
  }
}

/** What the word means, on hover. */
export function freshnessMeaning(freshness: Freshness, status: MonitorStatus['kind']): string {
  switch (freshness.kind) {
    case 'starting':
      return 'The first figures are being read.';
    case 'live':
      return 'The figures were read or confirmed within the last two intervals.';
    case 'late':
      return 'The last confirmation is more than two intervals old.';
    case 'stale':
      return status === 'verifying'
        ? 'This machine slept, its clock jumped, a connection was cut or the settings changed. The figures are being checked.'
        : 'The figures may no longer be true.';
    case 'disconnected':
      return 'The connection is lost. The figures may no longer be true.';
    case 'paused':
      return 'Monitoring is paused. Nothing is asked of the database.';
  }
}

/** Whether old figures must not look like present ones. */
export const isDoubtful = ({ kind }: Freshness): boolean =>
  kind === 'stale' || kind === 'disconnected';
