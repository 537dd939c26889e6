import type { Toast } from '../../shared/alerts/toast.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Clock } from '../monitor/clock.ts';
import type { AlertFiles } from './alert-files.ts';
import type { WebhookOutcome } from './webhook.ts';
import type { WebhookMessage } from './webhook-presets.ts';

/** What alerts need from others. */
export interface AlertsNeeds {
  readonly files: AlertFiles;
  readonly clock: Clock;
  /** Native notifications; resolves when the desktop took one, or could not. */
  readonly notifier: {
    show(toast: Toast): Promise<'shown' | 'failed'>;
    close(episodeId: string): void;
    /** There is no desktop at all: what is for it is recorded as not told, and nothing is shown. */
    readonly isAbsent?: boolean;
  };
  readonly webhook: (message: WebhookMessage) => Promise<WebhookOutcome>;
  readonly secret: {
    get(): string | null;
    set(secret: string | null): Promise<void>;
    warning(): string | null;
  };
  settings(): Settings;
  monitor(): MonitorState;
  /** Which ledger is watched: alerts of another say nothing about it. */
  ledger(): string;
  /** Has fresh figures read soon, for a rule that has just been made. */
  evaluateSoon(): void;
  log(sentence: string, error?: unknown): void;
}
