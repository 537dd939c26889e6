import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Episode, NoticeKind } from '../../shared/alerts/episode.ts';
import type { Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import type { Toast } from '../../shared/alerts/toast.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { fakeClock } from '../monitor/test-doubles.ts';
import { Book } from './book.ts';
import { Delivery } from './delivery.ts';
import { Evaluation } from './evaluation.ts';
import { noRules, noState, type StoredState, storedStateSchema } from './stored-alerts.ts';

// The whole way from samples to toasts with the real engine, book, gate and outbox. Against it stands a
// model that knows nothing of them: what was shown, in which order, and what the episodes came to.

const runs = Number(process.env.PLUMBLINE_PROMISE_RUNS ?? 150);
const startMs = Date.parse('2026-11-23T12:00:00Z');

const rules: readonly Rule[] = [
  someRule({
    id: 'warn',
    kind: 'total-pnl-low',
    threshold: '-30',
    keepFiringS: 0,
    severity: 'warning',
  }),
  someRule({ id: 'crit', kind: 'total-pnl-low', threshold: '-50', severity: 'critical' }),
  someRule({ id: 'day', kind: 'day-pnl-low', threshold: '-40', keepFiringS: 0, cooldownMin: 0 }),
  someRule({ id: 'loss', kind: 'single-loss', threshold: '-60', severity: 'info', cooldownMin: 0 }),
];

type Action =
  | { readonly kind: 'value'; readonly value: number; readonly seconds: number }
  | { readonly kind: 'error'; readonly seconds: number }
  | { readonly kind: 'day'; readonly seconds: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'ack' }
  | { readonly kind: 'snooze'; readonly minutes: number }
  | { readonly kind: 'snooze-rule'; readonly rule: number }
  | { readonly kind: 'restart' }
  /** The process is killed before it hears that a toast was shown. */
  | { readonly kind: 'kill' }
  | { readonly kind: 'desktop'; readonly works: boolean };

const secondsOf = fc.integer({ min: 1, max: 400 });

const actionOf = (mishaps: boolean): fc.Arbitrary<Action> =>
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('value' as const),
        value: fc.integer({ min: -70, max: 10 }),
        seconds: secondsOf,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('error' as const), seconds: secondsOf }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('day' as const), seconds: secondsOf }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: secondsOf }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'ack' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('snooze' as const),
        minutes: fc.integer({ min: 1, max: 30 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('snooze-rule' as const),
        rule: fc.nat(rules.length - 1),
      }),
    },
    ...(mishaps
      ? [
          { weight: 2, arbitrary: fc.constant({ kind: 'restart' as const }) },
          { weight: 1, arbitrary: fc.constant({ kind: 'kill' as const }) },
          {
            weight: 1,
            arbitrary: fc.record({ kind: fc.constant('desktop' as const), works: fc.boolean() }),
          },
        ]
      : []),
  );

const settingsOf = fc.record({
  hasQuietHours: fc.boolean(),
  actions: fc.array(actionOf(true), { maxLength: 60 }),
});

/** What a person saw: of which episode, and what of it. */
interface Seen {
  readonly what: NoticeKind;
  readonly episodeId: string;
  /** Whether the text could tell of an end. */
  readonly wasOver: boolean;
  readonly isMarkedRepeat: boolean;
}

/** One desk over all restarts of the app. */
class Desk {
  readonly time = fakeClock();
  readonly seen: Seen[] = [];
  book = new Book(noState);
  #disk: StoredState = noState;
  #delivery: Delivery;
  #works = true;
  #dies = false;
  #snapshot = 0;
  #day = 23;
  readonly #quiet: boolean;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
    this.time.jumpWall(startMs - this.time.clock.wallMs());
    this.#delivery = this.#start();
  }

  #start(): Delivery {
    // As it comes from the disk, by the schema of the file.
    this.book = new Book(storedStateSchema.parse(JSON.parse(JSON.stringify(this.#disk))));
    const { book } = this;
    return new Delivery({
      ...{ book, clock: this.time.clock },
      rule: (id) => rules.find((rule) => rule.id === id) ?? null,
      delivery: () => ({
        ...noRules.delivery,
        quietHours: this.#quiet ? { from: '13:00', to: '14:00' } : null,
      }),
      notifier: { show: (toast) => this.#show(toast, book), close: () => undefined },
      webhook: async () => ({ kind: 'refused', reason: 'no webhook' }),
      settings: () => defaultSettings,
      monitor: () => watchingState(),
      isReady: () => true,
      changed: () => undefined,
      save: async () => {
        this.#disk = structuredClone(book.stored());
      },
      log: (sentence, error) => {
        throw error ?? new Error(sentence);
      },
    });
  }

  async #show(toast: Toast, book: Book): Promise<'shown' | 'failed'> {
    if (!this.#works) return 'failed';
    for (const { what, episodeId, isTried, by } of this.#disk.outbox) {
      // What the file says to be under way is what this toast is made of.
      if (!isTried || by !== 'toast') continue;
      const wasOver = book.episode(episodeId)?.end !== null;
      this.seen.push({
        what,
        episodeId,
        wasOver,
        isMarkedRepeat: toast.title.includes('(repeat)'),
      });
    }
    if (!this.#dies) return 'shown';
    this.#dies = false;
    this.#delivery.stop();
    // Nobody hears of it: what is on the disk is all that is left.
    return 'shown';
  }

  async tick(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 20) {
      await this.time.tick(Math.min(20, left) * 1000);
      this.book.wake(this.#at());
      this.#delivery.tick();
      await this.time.settle();
    }
  }

  async act(action: Action): Promise<void> {
    const { book } = this;
    switch (action.kind) {
      case 'value':
        return this.#feed(action.seconds, String(action.value));
      case 'error':
        return this.#feed(action.seconds, null);
      case 'day':
        this.#day += 1;
        return this.tick(action.seconds);
      case 'wait':
        return this.tick(action.seconds);
      case 'ack': {
        const acked = { at: this.#at(), by: 'here', note: '' };
        for (const { id } of book.lasting()) book.change(id, (episode) => ({ ...episode, acked }));
        break;
      }
      case 'snooze':
        book.remember({
          snoozedUntil: instantOfMs(this.time.clock.wallMs() + action.minutes * 60_000),
        });
        break;
      case 'snooze-rule':
        for (const instance of book.instancesOf(rules[action.rule]?.id ?? '')) {
          if (instance.state.kind === 'firing')
            book.put({ ...instance, snoozedUntil: 'recovered' });
        }
        break;
      case 'restart':
        this.#delivery.stop();
        await this.time.settle();
        this.#disk = structuredClone(book.stored());
        this.#delivery = this.#start();
        break;
      case 'kill':
        this.#disk = structuredClone(book.stored());
        this.#dies = true;
        this.#delivery.tick();
        await this.time.settle();
        this.#dies = false;
        this.#delivery.stop();
        this.#delivery = this.#start();
        break;
      case 'desktop':
        this.#works = action.works;
    }
    this.#disk = structuredClone(this.book.stored());
  }

  async #feed(seconds: number, value: string | null): Promise<void> {
    await this.tick(seconds);
    const at = this.#at();
    this.#snapshot += 1;
    const evaluation = new Evaluation(this.book, at, `s${this.#snapshot}`);
    const day = `2026-11-${this.#day}`;
    for (const rule of rules) {
      const sample =
        value === null
          ? ({ kind: 'error', code: 'unreachable' } as const)
          : ({ kind: 'ok', value, day, isLate: false } as const);
      evaluation.feed(rule, null, sample, { at, ms: instantMs(at) ?? 0 });
    }
    this.#disk = structuredClone(this.book.stored());
    this.#delivery.take(evaluation.effects, false);
    this.#disk = structuredClone(this.book.stored());
    this.#delivery.tick();
    await this.time.settle();
  }

  /** The desktop works, nothing is snoozed, and time enough passes for all that waits. */
  async settle(): Promise<void> {
    this.#works = true;
    await this.tick(3 * 60 * 60);
  }

  episodes(): Episode[] {
    return [...this.book.ended(), ...this.book.lasting()];
  }

  #at(): string {
    return instantOfMs(this.time.clock.wallMs());
  }
}

async function deskAfter(actions: readonly Action[], quiet: boolean): Promise<Desk> {
  const desk = new Desk(quiet);
  for (const action of actions) await desk.act(action);
  await desk.settle();
  return desk;
}

// "Comes and goes" names the metric, its value and its line, too.
const tellsOfStart = ({ what }: Seen): boolean => what !== 'ended';

test('promise 1: no "ended" without a "fired" that was seen, and whoever saw one learns of the end', async () => {
  await fc.assert(
    fc.asyncProperty(settingsOf, async ({ actions, hasQuietHours }) => {
      const { seen, episodes } = await deskAfter(actions, hasQuietHours).then((desk) => ({
        seen: desk.seen,
        episodes: desk.episodes(),
      }));
      const begun = new Set<string>();
      for (const one of seen) {
        if (one.what === 'ended') expect(begun).toContain(one.episodeId);
        if (tellsOfStart(one)) begun.add(one.episodeId);
      }
      for (const episode of episodes) {
        if (!begun.has(episode.id) || episode.end === null) continue;
        const isKnown = seen.some(
          ({ episodeId, what, wasOver }) =>
            episodeId === episode.id && (what === 'ended' || wasOver),
        );
        expect(isKnown, `${episode.id} ended as ${episode.endReason}`).toBe(true);
      }
    }),
    { numRuns: runs },
  );
}, 300_000);

test('promise 2: an episode is told to have begun once, and once more only marked as a repeat', async () => {
  await fc.assert(
    fc.asyncProperty(settingsOf, async ({ actions, hasQuietHours }) => {
      const { seen } = await deskAfter(actions, hasQuietHours);
      const fired = seen.filter(({ what }) => what === 'fired');
      for (const [index, { episodeId, isMarkedRepeat }] of fired.entries()) {
        const isFirst = fired.findIndex((one) => one.episodeId === episodeId) === index;
        expect(isFirst || isMarkedRepeat, `${episodeId} was told twice`).toBe(true);
      }
    }),
    { numRuns: runs },
  );
}, 300_000);

test('promise 4: a restart at any point gives the same delivered set', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(actionOf(false), { maxLength: 40 }),
      fc.array(fc.nat(40), { maxLength: 5 }),
      fc.boolean(),
      async (actions, cuts, quiet) => {
        const cut = actions.flatMap((action, index): Action[] =>
          cuts.includes(index) ? [{ kind: 'restart' }, action] : [action],
        );
        const [whole, restarted] = [await deskAfter(actions, quiet), await deskAfter(cut, quiet)];
        const set = ({ seen }: Desk): string[] =>
          [...new Set(seen.filter(({ what }) => what !== 'repeat').map(keyOf))].sort();
        expect(set(restarted)).toEqual(set(whole));
      },
    ),
    { numRuns: runs },
  );
}, 300_000);

const keyOf = ({ what, episodeId }: Seen): string => `${what} ${episodeId}`;
