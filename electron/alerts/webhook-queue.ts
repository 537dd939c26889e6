import type { Episode } from '../../shared/alerts/episode.ts';
import { noticeToast } from '../../shared/alerts/words.ts';
import { instantMs } from '../../shared/instant.ts';
import { type DeliveryNeeds, tellingOf } from './delivery.ts';
import type { Notice } from './stored-alerts.ts';
import { retryDelayMs } from './webhook.ts';

/** What the queue works with. */
interface QueueNeeds
  extends Pick<
    DeliveryNeeds,
    'book' | 'clock' | 'webhook' | 'delivery' | 'settings' | 'monitor' | 'save' | 'changed' | 'log'
  > {
  /** A notice arrived, in words made of this episode. */
  told(notice: Notice, episode: Episode): void;
}

/** Sends what goes by webhook, one at a time, again and again until it arrives or is too old. */
export class WebhookQueue {
  readonly #needs: QueueNeeds;
  /** When a notice that failed is due again, on the monotonic clock. */
  readonly #dueMs = new Map<string, number>();
  #isSending = false;
  #isStopped = false;
  #problem: string | null = null;

  constructor(needs: QueueNeeds) {
    this.#needs = needs;
  }

  problem(): string | null {
    return this.#needs.delivery().webhook.preset === 'off' ? null : this.#problem;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Tries the oldest of those that are due. */
  run(): void {
    const { book, clock, log } = this.#needs;
    const nowMs = clock.monotonicMs();
    const notice = book
      .outbox()
      .find(({ by, id }) => by === 'webhook' && nowMs >= (this.#dueMs.get(id) ?? nowMs));
    if (notice === undefined || this.#isSending || this.#isStopped) return;
    this.#isSending = true;
    this.#send(notice)
      .catch((error: unknown) => log('A message could not be sent to the webhook.', error))
      .finally(() => {
        this.#isSending = false;
      });
  }

  async #send(notice: Notice): Promise<void> {
    const { book, clock, webhook, save } = this.#needs;
    const episode = book.episode(notice.episodeId);
    const { profile } = this.#needs.monitor();
    const isUnwanted = this.#needs.delivery().webhook.preset === 'off' || profile.label === 'DEMO';
    if (episode === null || isUnwanted) return book.settle([notice.id], () => null);
    const { id: episodeId, severity } = episode;
    const telling = tellingOf(this.#needs);
    const text = noticeToast({ ...telling, what: notice.what, episode, isRepeat: false });
    const outcome = await webhook({ ...text, severity, episodeId, at: notice.at });
    if (this.#isStopped) return;
    switch (outcome.kind) {
      case 'sent':
        this.#problem = null;
        this.#needs.told(notice, episode);
        book.settle([notice.id], () => null);
        break;
      case 'refused':
        this.#problem = outcome.reason;
        book.settle([notice.id], () => null);
        break;
      case 'later': {
        this.#problem = outcome.reason;
        const ageMs = clock.wallMs() - (instantMs(notice.at) ?? 0);
        const delayMs = retryDelayMs(notice.failures, ageMs, clock.random());
        this.#dueMs.set(notice.id, clock.monotonicMs() + Math.max(outcome.afterMs, delayMs ?? 0));
        book.settle([notice.id], (waiting) =>
          delayMs === null ? null : { ...waiting, failures: waiting.failures + 1 },
        );
      }
    }
    if (!book.outbox().some(({ id }) => id === notice.id)) this.#dueMs.delete(notice.id);
    this.#needs.changed();
    await save();
  }
}
