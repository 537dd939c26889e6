import { type LinkState, useLinkState } from '../client/feed-link.tsx';
import { nextTryMs } from '../client/judge-view.ts';
import { useMonitorView } from '../client/monitor-context.tsx';
import type { MonitorView } from '../client/monitor-store.ts';
import { ageText } from './words.ts';

/** What keeps the figures from being renewed. */
export type Trouble =
  /** A browser view has lost the Plumbline that it shows. */
  | { readonly kind: 'feed-lost'; readonly cause: string; readonly remedy: string }
  | {
      readonly kind: 'ledger';
      readonly code: string;
      readonly cause: string;
      readonly remedy: string;
    }
  | { readonly kind: 'call'; readonly cause: string; readonly remedy: '' };

/**
 * The trouble that a person must know of; null when there is none. What Plumbline said of its ledger
 * before it was lost may be over by now.
 */
export function troubleOf(link: LinkState, { latest, callError }: MonitorView): Trouble | null {
  if (link.kind === 'lost') {
    return {
      kind: 'feed-lost',
      cause: 'Disconnected from Plumbline.',
      remedy: [link.reason, 'This page reconnects by itself.'].join(' ').trim(),
    };
  }
  if (latest?.state.status.kind === 'failing') {
    return { kind: 'ledger', ...latest.state.status.failure };
  }
  return callError === null ? null : { kind: 'call', cause: callError.message, remedy: '' };
}

/** By what each is found on the page. */
export const troubleTestIds: Readonly<Record<Trouble['kind'], string>> = {
  'feed-lost': 'feed-lost',
  ledger: 'error-banner',
  call: 'call-error',
};

/** The trouble of this page. */
export const useTrouble = (): Trouble | null => troubleOf(useLinkState(), useMonitorView());

/** Milliseconds until it is tried again; 0 while it is, null when nothing is tried. */
export function tryAgainMs(link: LinkState, view: MonitorView, nowMs: number): number | null {
  if (link.kind !== 'lost') return nextTryMs(view, nowMs);
  return link.nextTryAt === null ? 0 : Math.max(0, link.nextTryAt - nowMs);
}

/** `Next try in 4 s`. */
export const tryText = (waitMs: number | null): string =>
  waitMs === null || waitMs === 0 ? 'Trying now' : `Next try in ${ageText(waitMs)}`;
