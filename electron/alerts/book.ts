import { type Effect, retire } from '../../shared/alerts/engine.ts';
import type { Delivery, Episode } from '../../shared/alerts/episode.ts';
import { episodeOf, type Instance, newInstance } from '../../shared/alerts/instance.ts';
import { meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';
import type { Notice, StoredState } from './stored-alerts.ts';

const endedKept = 2000;
const deliveriesKept = 10;
const closesKept = 400;
/** Flapping and late closes look back this far. */
const rememberedMs = 48 * 60 * 60 * 1000;

type Remembered = Omit<StoredState, 'version' | 'instances' | 'ended' | 'outbox'>;

const keyOf = (ruleId: string, scope: string | null): string => JSON.stringify([ruleId, scope]);

/** Everything that is known of alerts at one moment, and what of it is yet to be told. */
export class Book {
  readonly #instances: Map<string, Instance>;
  /** By id, in the order of their end. */
  readonly #ended: Map<string, Episode>;
  #outbox: readonly Notice[];
  #rest: Remembered;

  constructor({ version: _version, instances, ended, outbox, ...rest }: StoredState) {
    this.#instances = new Map(instances.map((one) => [keyOf(one.ruleId, one.scope), one]));
    this.#ended = new Map(ended.map((episode) => [episode.id, episode]));
    this.#outbox = outbox;
    this.#rest = rest;
  }

  /** As it is kept on the disk. */
  stored(): StoredState {
    return {
      version: 1,
      instances: [...this.#instances.values()],
      ended: [...this.#ended.values()],
      outbox: [...this.#outbox],
      ...this.#rest,
    };
  }

  get rest(): Remembered {
    return this.#rest;
  }

  remember(changes: Partial<Remembered>): void {
    this.#rest = { ...this.#rest, ...changes };
    if (this.#rest.dailyCloses.length > closesKept) {
      this.#rest = { ...this.#rest, dailyCloses: this.#rest.dailyCloses.slice(-closesKept) };
    }
  }

  instances(): Instance[] {
    return [...this.#instances.values()];
  }

  instancesOf(ruleId: string): Instance[] {
    return this.instances().filter((instance) => instance.ruleId === ruleId);
  }

  /** The instance of a rule, a new one where there is none. */
  instanceOf(rule: Rule, scope: string | null): Instance {
    const known = this.#instances.get(keyOf(rule.id, scope));
    return known ?? newInstance(rule.id, scope, meaningOf(rule));
  }

  put(instance: Instance): void {
    this.#instances.set(keyOf(instance.ruleId, instance.scope), instance);
  }

  remove({ ruleId, scope }: Instance): void {
    this.#instances.delete(keyOf(ruleId, scope));
  }

  /** Forgets instances of a rule that have nothing to remember: there may be thousands of markets. */
  forgetQuiet(ruleId: string, asOf: string): void {
    const now = instantMs(asOf) ?? 0;
    const isRecent = (edge: number): boolean => now - edge < rememberedMs;
    for (const instance of this.instancesOf(ruleId)) {
      const { state, snoozedUntil, edgesMs } = instance;
      if (state.kind !== 'normal' || snoozedUntil !== null || edgesMs.some(isRecent)) continue;
      this.remove(instance);
    }
  }

  /** What is known of another ledger is forgotten: it says nothing about this one. */
  belongTo(ledger: string, at: string): void {
    const before = this.#rest.ledger;
    if (before === ledger) return;
    this.#retire(this.instances(), at);
    if (before !== null) this.#ended.clear();
    this.#outbox = [];
    this.remember({ ledger, evaluated: null, seasoned: [], day: null, dailyCloses: [] });
  }

  /**
   * What closes are counted by, and the trading day of now. Under other settings the same closes are no
   * news; and where days go backwards, daily rules begin anew, for theirs would lie in the future.
   */
  countBy(basis: string, day: string, daily: ReadonlySet<string>, at: string): void {
    const { basis: before, day: lastDay, seasoned } = this.#rest;
    if (before !== basis) this.remember({ basis, evaluated: null, seasoned: [] });
    if (lastDay === null || day >= lastDay) return;
    const isDaily = ({ ruleId }: { ruleId: string }): boolean => daily.has(ruleId);
    this.#retire(this.instances().filter(isDaily), at);
    this.remember({ day, seasoned: seasoned.filter((ruleId) => !isDaily({ ruleId })) });
  }

  #retire(instances: readonly Instance[], at: string): void {
    for (const instance of instances) {
      for (const effect of retire(instance, 'changed', { at, ms: 0 }).effects) this.note(effect);
      this.remove(instance);
    }
  }

  /** The instance that an episode belongs to. */
  ownerOf({ ruleId, scope }: Pick<Episode, 'ruleId' | 'scope'>): Instance | null {
    return this.#instances.get(keyOf(ruleId, scope)) ?? null;
  }

  episode(id: string): Episode | null {
    return this.lasting().find((episode) => episode.id === id) ?? this.#ended.get(id) ?? null;
  }

  /** Whether an episode was told, or kept back, and ended: an amended close may bring it back. */
  wasDecided(id: string): boolean {
    return this.#ended.get(id)?.deliveries.some(({ what }) => what === 'fired') ?? false;
  }

  /** Episodes that last. */
  lasting(): Episode[] {
    return this.instances().flatMap((instance) => episodeOf(instance) ?? []);
  }

  /** Episodes that have ended, oldest first. */
  ended(): Episode[] {
    return [...this.#ended.values()];
  }

  /** Keeps the episode of an effect that ended; one that is known keeps what was told of it. */
  note(effect: Effect): void {
    if (effect.kind !== 'ended') return;
    const { episode } = effect;
    const known = this.#ended.get(episode.id);
    const { isTold, isEndTold, acked, deliveries } = known ?? episode;
    this.#ended.set(episode.id, { ...episode, isTold, isEndTold, acked, deliveries });
    for (const id of this.#ended.keys()) {
      if (this.#ended.size <= endedKept) break;
      this.#ended.delete(id);
    }
  }

  /** Changes what is known of an episode, whether it lasts or not. */
  change(id: string, change: (episode: Episode) => Episode): void {
    const ended = this.#ended.get(id);
    if (ended !== undefined) this.#ended.set(id, change(ended));
    for (const [key, instance] of this.#instances) {
      const { state } = instance;
      if (state.kind === 'normal' || state.kind === 'pending' || state.episode.id !== id) continue;
      this.#instances.set(key, {
        ...instance,
        state: { ...state, episode: change(state.episode) },
      });
    }
  }

  /** Notes how something was told, or why it was not. */
  delivered(id: string, delivery: Delivery): void {
    this.change(id, (episode) => ({
      ...episode,
      deliveries: [...episode.deliveries, delivery].slice(-deliveriesKept),
    }));
  }

  /** Ends snoozes whose time has come; tells whether there was one. */
  wake(at: string): boolean {
    const isOver = (until: string | null): boolean =>
      until !== null && until !== 'recovered' && compareInstants(until, at) <= 0;
    let hasWoken = isOver(this.#rest.snoozedUntil);
    if (hasWoken) this.remember({ snoozedUntil: null });
    for (const instance of this.instances()) {
      if (!isOver(instance.snoozedUntil)) continue;
      hasWoken = true;
      this.put({ ...instance, snoozedUntil: null });
    }
    return hasWoken;
  }

  outbox(): readonly Notice[] {
    return this.#outbox;
  }

  /** Puts a notice into the outbox, unless it is there. */
  queue(notice: Notice): void {
    if (this.#outbox.some(({ id }) => id === notice.id)) return;
    this.#outbox = [...this.#outbox, notice];
  }

  /** Takes notices out, or changes them. */
  settle(ids: readonly string[], change: (notice: Notice) => Notice | null): void {
    this.#outbox = this.#outbox.flatMap((notice) =>
      ids.includes(notice.id) ? (change(notice) ?? []) : notice,
    );
  }
}
