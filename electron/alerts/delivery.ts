import type { DailyClose, DeliverySettings } from '../../shared/alerts/alerts-state.ts';
import { dailyCloseToast } from '../../shared/alerts/daily-close.ts';
import { repeatMs } from '../../shared/alerts/defaults.ts';
import type { Effect } from '../../shared/alerts/engine.ts';
import type { Delivery as Delivered, Episode, NoticeKind } from '../../shared/alerts/episode.ts';
import { type Rule, severities } from '../../shared/alerts/rule.ts';
import type { Toast } from '../../shared/alerts/toast.ts';
import { digestToast, noticeToast, summaryToast } from '../../shared/alerts/words.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { AlertsNeeds } from './alerts-needs.ts';
import type { Book } from './book.ts';
import { decide, type GateView, isHeldByQuiet, isSnoozed, silenceOf } from './gate.ts';
import { type NextToast, nextToast } from './outbox.ts';
import type { Notice } from './stored-alerts.ts';
import { WebhookQueue } from './webhook-queue.ts';

/** What delivery works with. */
export interface DeliveryNeeds
  extends Pick<AlertsNeeds, 'clock' | 'notifier' | 'webhook' | 'settings' | 'monitor' | 'log'> {
  readonly book: Book;
  rule(id: string): Rule | null;
  delivery(): DeliverySettings;
  /** Whether the rules were evaluated on fresh figures since the start. */
  isReady(): boolean;
  /** Resolves when all that the book holds is on the disk. */
  save(): Promise<void>;
  /** Something was told, or could not be. */
  changed(): void;
}

/** Between two tries to show what the desktop did not take, and how long they go on. */
const retryMs = 60 * 1000;
const givenUpMs = 5 * 60 * 1000;
const endGivenUpMs = 24 * 60 * 60 * 1000;

/** A repeat is told by the fired notice's text; both tell that it fired. */
const tellsOfStart = (what: NoticeKind): boolean => what === 'fired' || what === 'repeat';

/** Passes effects through the gate, and brings what is to be told to the desktop and the webhook. */
export class Delivery {
  readonly #needs: DeliveryNeeds;
  readonly #webhooks: WebhookQueue;
  #shownAtMs: number[] = [];
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #isShowing = false;
  #isStopped = false;

  constructor(needs: DeliveryNeeds) {
    this.#needs = needs;
    this.#webhooks = new WebhookQueue({
      ...needs,
      told: (notice, episode) => this.#told([notice], new Map([[episode.id, episode]]), 'webhook'),
    });
  }

  /** Decides what of some effects is told. */
  take(effects: readonly Effect[], isOfGap: boolean): void {
    for (const { kind, episode } of effects) {
      // The book knows what was told of it; the effect may be older.
      const known = this.#needs.book.episode(episode.id) ?? episode;
      if (kind === 'ended' && !isEndOwed(known)) continue;
      if (kind === 'fired' && this.#needs.book.wasDecided(episode.id)) continue;
      this.#offer(kind, known, isOfGap);
    }
  }

  /** Reminds of what lasts, and tries what waits. */
  tick(): void {
    for (const episode of this.#needs.book.lasting()) {
      if (this.#isRepeatDue(episode)) this.#offer('repeat', episode, false);
    }
    void this.#run();
    this.#webhooks.run();
  }

  /** Tells what a trading day came to, once; the inbox has it all the same. */
  async tellDailyClose(close: DailyClose): Promise<void> {
    const { notifier, log } = this.#needs;
    if (notifier.isAbsent) return;
    const view = this.#view();
    if (isHeldByQuiet({ severity: 'info' }, view) || isSnoozed(null, view)) return;
    const text = dailyCloseToast(close, this.#telling());
    const toast = {
      id: `day ${close.day}`,
      severity: 'info',
      isSticky: false,
      episodeId: null,
    } as const;
    const shown = await notifier.show({ ...toast, ...text });
    if (shown === 'failed') log('The result of the day could not be shown.');
  }

  /** What is under way ends unheard; what waits is told after the next start. */
  stop(): void {
    this.#isStopped = true;
    this.#webhooks.stop();
  }

  /** Why the webhook does not work; null while it does. */
  webhookProblem(): string | null {
    return this.#webhooks.problem();
  }

  #offer(what: NoticeKind, episode: Episode, isOfGap: boolean): void {
    const { book } = this.#needs;
    const at = this.#now();
    const rule = this.#needs.rule(episode.ruleId);
    const decision = decide(what, episode, { rule, instance: book.ownerOf(episode) }, this.#view());
    if (decision !== 'deliver') {
      if (what !== 'repeat') book.delivered(episode.id, { what, at, how: decision });
      return;
    }
    const id = `${what} ${episode.id}${what === 'repeat' ? ` ${at}` : ''}`;
    const notice = { what, episodeId: episode.id, at, isOfGap, isTried: false, failures: 0 };
    if (this.#needs.notifier.isAbsent) {
      book.delivered(episode.id, { what, at, how: 'permission-denied' });
    } else {
      book.queue({ ...notice, id, by: 'toast' });
      if (isHeldByQuiet(episode, this.#view())) {
        book.delivered(episode.id, { what, at, how: 'quiet' });
      }
    }
    const isOnItsWay = book
      .outbox()
      .some(({ episodeId, by }) => episodeId === episode.id && by === 'webhook');
    if (this.#goesByWebhook(episode) && !(what === 'repeat' && isOnItsWay)) {
      book.queue({ ...notice, id: `webhook ${id}`, by: 'webhook' });
    }
  }

  #goesByWebhook({ severity }: Episode): boolean {
    const { webhook } = this.#needs.delivery();
    if (webhook.preset === 'off' || this.#isDemo()) return false;
    return severities.indexOf(severity) <= severities.indexOf(webhook.from);
  }

  #isRepeatDue(episode: Episode): boolean {
    const { book } = this.#needs;
    const rule = this.#needs.rule(episode.ruleId);
    const afterMs = rule === null ? null : repeatMs(rule);
    const isWaiting = book
      .outbox()
      .some(({ episodeId, by }) => episodeId === episode.id && by === 'toast');
    if (isWaiting || episode.acked !== null) return false;
    const owner = book.ownerOf(episode);
    // What is over soon, or cannot be looked at, is not reminded of.
    if (!this.#needs.isReady() || owner?.state.kind === 'recovering') return false;
    if (owner !== null && owner.degraded !== null) return false;
    // What began in a snooze and lasts is told when that is over.
    if (!episode.isTold && episode.deliveries.at(-1)?.how === 'snoozed') return true;
    if (afterMs === null) return false;
    const last = episode.deliveries.findLast(isTry)?.at ?? episode.start.at;
    return Math.abs(this.#needs.clock.wallMs() - (instantMs(last) ?? 0)) >= afterMs;
  }

  /** Shows what waits, one after the other, as often as it may. */
  async #run(): Promise<void> {
    // Without a desktop what waits for one goes on waiting.
    if (this.#isShowing || this.#isStopped || this.#needs.notifier.isAbsent) return;
    this.#isShowing = true;
    try {
      for (let next = this.#next(); next !== null && !this.#isStopped; next = this.#next()) {
        await this.#show(next);
      }
    } catch (error) {
      this.#needs.log('A notification could not be shown.', error);
    } finally {
      this.#isShowing = false;
    }
  }

  #next(): NextToast | null {
    const { book, clock } = this.#needs;
    const nowMs = clock.monotonicMs();
    return nextToast(book.outbox(), {
      ...{ nowMs, shownAtMs: this.#shownAtMs },
      isHeld: ({ episodeId, failures }) => {
        if (failures > 0 && nowMs - this.#failedAtMs < retryMs) return true;
        const episode = book.episode(episodeId);
        return episode !== null && isHeldByQuiet(episode, this.#view());
      },
      wasHeld: ({ episodeId, what }) =>
        book
          .episode(episodeId)
          ?.deliveries.some((delivery) => delivery.how === 'quiet' && delivery.what === what) ??
        false,
    });
  }

  async #show(next: NextToast): Promise<void> {
    const { book, notifier, clock, save } = this.#needs;
    const episodes = new Map<string, Episode>();
    for (const { episodeId } of next.notices) {
      const episode = book.episode(episodeId);
      if (episode !== null) episodes.set(episodeId, episode);
    }
    // Forgotten as too old, or acknowledged or snoozed while it waited: nothing is left to tell.
    const known = next.notices.filter((notice) => this.#isStillWanted(notice, episodes));
    const others = next.notices.filter((notice) => !known.includes(notice));
    book.settle(
      others.map(({ id }) => id),
      () => null,
    );
    if (known.length === 0) return;
    const ids = known.map(({ id }) => id);
    // From here on a kill leaves it open whether it was seen: it is then shown again, as a repeat.
    book.settle(ids, (notice) => ({ ...notice, isTried: true }));
    await save();
    const shown = await notifier.show(this.#toast({ ...next, notices: known }, episodes));
    if (this.#isStopped) return;
    if (shown === 'shown') {
      const nowMs = clock.monotonicMs();
      this.#shownAtMs = [...this.#shownAtMs.filter((at) => nowMs - at < 60_000), nowMs];
      this.#told(known, episodes, next.form);
    } else {
      const at = this.#now();
      for (const { episodeId, what, failures } of known) {
        if (failures === 0) book.delivered(episodeId, { what, at, how: 'permission-denied' });
      }
      this.#failedAtMs = clock.monotonicMs();
    }
    book.settle(ids, (notice) => (shown === 'failed' ? this.#afterFailure(notice) : null));
    this.#needs.changed();
    await save();
  }

  #isStillWanted(
    { what, episodeId, failures }: Notice,
    episodes: ReadonlyMap<string, Episode>,
  ): boolean {
    const { book } = this.#needs;
    const episode = episodes.get(episodeId);
    if (episode === undefined) return false;
    const reason = tellsOfStart(what)
      ? silenceOf(episode, book.ownerOf(episode), this.#view())
      : null;
    // What was tried has its reason already.
    if (reason !== null && failures === 0) {
      book.delivered(episodeId, { what, at: this.#now(), how: reason });
    }
    return reason === null;
  }

  /**
   * Tried again each minute: a beginning for some minutes, for the inbox has it too; an end for a day, for
   * whoever knows of the beginning waits for it. What may have been seen is marked as a repeat.
   */
  #afterFailure(notice: Notice): Notice | null {
    const ageMs = this.#needs.clock.wallMs() - (instantMs(notice.at) ?? 0);
    const isGivenUp = ageMs > (notice.what === 'ended' ? endGivenUpMs : givenUpMs);
    return isGivenUp ? null : { ...notice, failures: notice.failures + 1 };
  }

  #toast({ form, notices }: NextToast, episodes: ReadonlyMap<string, Episode>): Toast {
    const all = [...episodes.values()];
    const telling = this.#telling();
    const [first] = notices;
    const [only] = all;
    if (first === undefined || only === undefined) throw new Error('A toast of nothing');
    const worst = severities.find((one) => all.some(({ severity }) => severity === one));
    const head = { id: first.id, severity: worst ?? only.severity, isSticky: worst === 'critical' };
    if (form === 'toast') {
      const { what, isTried } = first;
      const text = noticeToast({ ...telling, what, episode: only, isRepeat: isTried });
      // The end of something critical needs nobody to dismiss it.
      return { ...head, ...text, isSticky: head.isSticky && what !== 'ended', episodeId: only.id };
    }
    const because = notices.some(({ isOfGap }) => isOfGap) ? 'away' : 'quiet';
    const text =
      form === 'digest' ? digestToast(all, { ...telling, because }) : summaryToast(all, telling);
    const mark = notices.some(({ isTried }) => isTried) ? ' (repeat)' : '';
    return { ...head, ...text, title: `${text.title}${mark}`, episodeId: null };
  }

  #telling() {
    return tellingOf(this.#needs);
  }

  /** Notes what a person was told by texts made of these episodes. */
  #told(
    notices: readonly Notice[],
    episodes: ReadonlyMap<string, Episode>,
    how: Delivered['how'],
  ): void {
    const { book } = this.#needs;
    const at = this.#now();
    for (const { episodeId, what } of notices) {
      // The text of a beginning tells of an end that was known.
      const wasOver = episodes.get(episodeId)?.end !== null;
      book.delivered(episodeId, { what, at, how });
      book.change(episodeId, (episode) => ({
        ...episode,
        isTold: episode.isTold || tellsOfStart(what) || what === 'flapping',
        isEndTold: episode.isEndTold || what === 'ended' || (wasOver && tellsOfStart(what)),
      }));
      const now = book.episode(episodeId);
      if (now !== null && isEndOwed(now)) this.#offer('ended', now, false);
    }
  }

  #view(): GateView {
    const { book, settings } = this.#needs;
    const lasting = book.lasting();
    return {
      ...{ at: this.#now(), zone: settings().tradingDay.zone },
      ...{ quietHours: this.#needs.delivery().quietHours, snoozedUntil: book.rest.snoozedUntil },
      ...{ lasting, all: () => [...lasting, ...book.ended()] },
    };
  }

  #isDemo(): boolean {
    return this.#needs.monitor().profile.label === 'DEMO';
  }

  #now(): string {
    return instantOfMs(this.#needs.clock.wallMs());
  }
}

/** How texts are written now. */
export const tellingOf = ({
  settings,
  monitor,
  clock,
}: Pick<AlertsNeeds, 'settings' | 'monitor' | 'clock'>) => ({
  isDemo: monitor().profile.label === 'DEMO',
  hidesAmounts: settings().appearance.privacy,
  zone: settings().tradingDay.zone,
  now: instantOfMs(clock.wallMs()),
});

const shownWays: ReadonlySet<Delivered['how']> = new Set(['toast', 'digest', 'summary', 'webhook']);

/** Whoever was told that it fired is told that it ended, but for what a person ended. */
function isEndOwed({ isTold, isEndTold, endReason }: Episode): boolean {
  if (!isTold || isEndTold) return false;
  return endReason === 'recovered' || endReason === 'rollover' || endReason === 'data-back';
}

/** A try to tell that it fired, whether the desktop took it or not. */
const isTry = ({ what, how }: Delivered): boolean =>
  tellsOfStart(what) && (shownWays.has(how) || how === 'permission-denied');
