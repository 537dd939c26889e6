import { instantMs } from '../../../shared/instant.ts';
import type { HistoryReport } from '../../../shared/own-cost.ts';
import type { Restatement, Snapshot } from '../../../shared/snapshot.ts';
import type { CloseSeries } from '../close-series.ts';
import type { LedgerOptions } from '../ledger-options.ts';
import { compareMoments, type Moment, momentFromText } from '../moments.ts';
import { daysOf } from '../overview.ts';
import type { Scope } from '../scope.ts';
import type { Answers, Opened, Read } from '../snapshot.ts';
import { answerFrom, openIdsAtOnce } from './answer.ts';
import { type ReadBuckets, readBuckets } from './bucket-reads.ts';
import { bucketAt, runsOf } from './buckets.ts';
import { KeptRows, type Replacement } from './kept-rows.ts';
import { differingDays, Restatements } from './restatements.ts';
import { type Look, readLook, readSurvey, readUnchanged, type Survey } from './survey.ts';
import { UnfitError } from './unfit.ts';

type Found = Restatement['found'];

/** Buckets with their rows, and how it was found that they are to be read; null in a load. */
type Queue = { readonly bucket: number; readonly rows: number; readonly found: Found | null }[];

/** Rows that are read in one slice of a load or of an audit. */
const rowsASlice = 4000;
/** Rows of a correction that is better made in slices. */
const rowsOfLoad = 60_000;
/** Writers are taken to commit within this time; later ones are found by a survey. */
const tailMs = 15 * 60 * 1000;
/** Of a ledger of fewer rows every refresh surveys all: a matter of 10 ms, and it misses nothing. */
const rowsSurveyedAlways = 50_000;
const surveyEveryMs = 60 * 1000;
const auditEveryMs = 60 * 60 * 1000;
/** Upkeep takes no more than a hundredth of the time. */
const upkeepRest = 100;

/** Days as they were published, and the rule of the trading day that they follow. */
interface PublishedDays {
  readonly rule: string;
  readonly days: Snapshot['days'];
}

/** What a transaction saw of the ledger as a whole. */
interface Seen extends Look {
  /** The database's clock. */
  readonly asOf: Moment;
  readonly server: string;
}

/** What a refresh found, all of one transaction; the line of closes comes when that is over. */
export type KeptAnswers = Omit<Answers, 'series'> & {
  readonly restatements: readonly Restatement[];
};

/** When what is done; tests choose other times than the product. */
export interface Tuning {
  readonly rowsSurveyedAlways: number;
  readonly surveyEveryMs: number;
}

/**
 * The history of one ledger, kept so that a refresh costs what changed. Rows stand in buckets by the
 * UTC day of their creation; a bucket that may have changed is always replaced by what the server
 * says of it, never adjusted. `docs/architecture.md` tells how a change is found and how late.
 */
export class KeptHistory {
  readonly #tuning: Tuning;
  readonly #namesCloses: boolean;
  #rows: KeptRows;
  readonly #restatements = new Restatements();
  /** Buckets yet to be read, as a load or a large correction left them. */
  #queue:
    | { readonly bucket: number; readonly rows: number; readonly found: Found | null }[]
    | null = null;
  #queuedRows = 0;
  /** What the last transaction saw. */
  #seen: Seen | null = null;
  /** All that was written before this horizon is in the buckets, or queued. */
  #sweptTo = '0';
  #tail = Number.POSITIVE_INFINITY;
  #isPublished = false;
  /** Figures that were published saw all that was written before this horizon. */
  #publishedTo = '0';
  #isSurveyDue = false;
  #surveyedRows = 0;
  #surveyMs = 0;
  #surveyedAtMs = 0;
  #rowsSwept = 0;
  #audit: { queue: number[]; corrected: number } | null = null;
  #auditAtMs = 0;
  #nextAuditMs = performance.now() + auditEveryMs;
  #audited: HistoryReport['audit'] = null;
  /** The days last published, and by which rule; those from before a reload. */
  #publishedDays: PublishedDays | null = null;
  #formerDays: PublishedDays | null = null;
  /** A load came before: what has changed since is read at once, however much it is. */
  #isAfterLoad = false;
  /** Time that surveys, audits and loads took; refreshes aside. */
  #upkeepMs = 0;

  constructor(namesCloses = false, tuning: Tuning = { rowsSurveyedAlways, surveyEveryMs }) {
    this.#tuning = tuning;
    this.#namesCloses = namesCloses;
    this.#rows = new KeptRows(namesCloses);
  }

  /** Milliseconds inside queries that no refresh alone would have needed. */
  upkeepMs(): number {
    return this.#upkeepMs;
  }

  /** Compares all that is kept with the server, a little in each of the coming refreshes. */
  audit(): void {
    this.#nextAuditMs = 0;
  }

  /** When more upkeep is due, in milliseconds from now; null when the next refresh is early enough. */
  upkeepInMs(): number | null {
    const due: number[] = this.#audit === null ? [] : [this.#auditAtMs];
    if (!this.#isExact()) due.push(this.#surveyedAtMs + this.#surveyRestMs());
    return due.length === 0 ? null : Math.max(0, Math.min(...due) - performance.now());
  }

  report(): Omit<HistoryReport, 'unfit'> {
    const left = (this.#queue ?? []).reduce((sum, { rows }) => sum + rows, 0);
    return {
      loaded: this.#queue === null ? 0 : 1 - left / Math.max(1, this.#queuedRows),
      rowsSwept: this.#rowsSwept,
      surveyMs: this.#surveyedAtMs === 0 ? null : this.#surveyMs,
      audit: this.#audited,
      closes: this.#rows.columns.length,
      bytes: this.#rows.bytes(),
    };
  }

  /** The whole answer, when the transaction is over already. */
  async finish(
    { restatements, ...answers }: KeptAnswers,
    options: LedgerOptions,
  ): Promise<Pick<Read, 'answers' | 'restatements'>> {
    const series = await this.#series(options.bankroll);
    const days = daysOf({ day: answers.day, options }, series);
    const rule = JSON.stringify(options.tradingDay);
    // Days of another rule are no measure.
    const former = this.#formerDays?.rule === rule ? this.#formerDays.days : [];
    const reloaded = differingDays(former, days, answers.day.name);
    this.#formerDays = null;
    this.#publishedDays = { rule, days };
    if (reloaded.length > 0) this.#restatements.add(answers.asOf, reloaded);
    return {
      answers: { ...answers, series },
      restatements: reloaded.length > 0 ? this.#restatements.published() : restatements,
    };
  }

  /** The line of all closes; lets others have their turn while it is walked over. */
  async #series(bankroll: string | null): Promise<CloseSeries> {
    const walk = this.#rows.series(bankroll);
    for (;;) {
      const { done, value } = walk.next();
      if (done === true) return value;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /**
   * One step in a transaction that has begun: loads a slice of the history (null: more is to come), or
   * brings the buckets up to date and answers. Throws an UnfitError where no history can be kept.
   */
  async read({ token, scope }: Opened, server: string): Promise<KeptAnswers | null> {
    const look = await readLook(scope, scope.options.paperTrades);
    const seen = { ...look, asOf: momentFromText(scope.asOf), server };
    if (!this.#isSame(seen)) this.#restart();
    const isWhole = await this.#advance(scope, seen);
    this.#seen = seen;
    if (!isWhole) return null;
    this.#tail = tailOf(scope);
    const answers = await answerFrom(this.#rows, scope, seen.asOf);
    this.#isPublished = true;
    this.#publishedTo = seen.horizon;
    const { asOf, day, options } = scope;
    const restatements = this.#restatements.publish(asOf, day, options.tradingDay);
    return { ...answers, token, asOf, day, restatements };
  }

  /** Returns whether all that is known to have changed stands as this transaction sees it. */
  async #advance(scope: Scope, seen: Seen): Promise<boolean> {
    if (this.#queue?.length === 0) {
      await this.#update(scope, seen);
      return this.#queue.length === 0;
    }
    const started = performance.now();
    const isNew = this.#queue === null;
    if (isNew) await this.#begin(scope, seen);
    await this.#loadSlice(scope);
    this.#upkeepMs += performance.now() - started;
    const isLoaded = this.#queue?.length === 0;
    // What was committed while several slices were read is found by a survey, before figures are shown.
    this.#isSurveyDue = !(isNew && isLoaded);
    return isNew && isLoaded;
  }

  // A clock that went back would make rows of the future of what was none when it was read.
  #isSame({ identity, server, asOf }: Seen): boolean {
    const before = this.#seen;
    if (before === null || compareMoments(asOf, before.asOf) < 0) return false;
    return before.identity === identity && before.server === server;
  }

  #restart(): void {
    this.#rows = new KeptRows(this.#namesCloses);
    this.#queue = null;
    this.#seen = null;
    this.#audit = null;
    if (this.#isPublished) this.#formerDays = this.#publishedDays;
    this.#isPublished = false;
    this.#tail = Number.POSITIVE_INFINITY;
  }

  async #begin(scope: Scope, { horizon }: Look): Promise<void> {
    const survey = await this.#survey(scope, horizon);
    this.#sweptTo = horizon;
    this.#tail = tailOf(scope);
    this.#isAfterLoad = true;
    this.#fill([...survey].map(([bucket, { rows }]) => ({ bucket, rows, found: null })));
  }

  #fill(queue: Queue): void {
    // The oldest come last, to be taken first: later closes then only have to be appended.
    this.#queue = queue.sort((a, b) => b.bucket - a.bucket);
    this.#queuedRows = queue.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Replaces the queued buckets of the earliest days, as many as make a slice. */
  async #loadSlice(scope: Scope): Promise<void> {
    const queue = this.#queue ?? [];
    const slice: typeof queue = [];
    for (let rows = 0; queue.length > 0 && (slice.length === 0 || rows < rowsASlice); ) {
      const next = queue.pop();
      if (next === undefined) break;
      slice.push(next);
      rows += next.rows;
    }
    try {
      await this.#replace(scope, new Map(slice.map(({ bucket, found }) => [bucket, found])), null);
    } catch (error) {
      queue.push(...slice.reverse());
      throw error;
    }
  }

  async #survey(scope: Scope, horizon: string): Promise<Survey> {
    const started = performance.now();
    const survey = await readSurvey(scope, horizon);
    this.#surveyedAtMs = performance.now();
    this.#surveyMs = this.#surveyedAtMs - started;
    this.#surveyedRows = [...survey.values()].reduce((sum, { rows }) => sum + rows, 0);
    this.#rowsSwept += this.#surveyedRows;
    return survey;
  }

  /** Finds what may have changed, and replaces it; a large correction is left to the next slices. */
  async #update(scope: Scope, seen: Seen): Promise<void> {
    const isExact = this.#isExact();
    const tail = isExact ? null : Math.min(this.#tail, tailOf(scope));
    const changed = isExact ? [] : await this.#changedOpen(scope);
    const dirty = new Map<number, Found>(changed.map((bucket) => [bucket, 'live']));
    const isSurveyed = isExact || this.#shouldSurvey(seen);
    if (isSurveyed) {
      const started = performance.now();
      const known = (bucket: number): boolean =>
        dirty.has(bucket) || (tail !== null && bucket >= tail);
      const found = await this.#changedSince(scope, known, isExact);
      if (!isExact) this.#upkeepMs += performance.now() - started;
      const isLarge = found.reduce((sum, { rows }) => sum + rows, 0) > rowsOfLoad;
      if (isLarge && !this.#isAfterLoad) {
        this.#isAfterLoad = true;
        if (tail !== null) this.#tail = tail;
        const live = [...dirty].map(([bucket, how]) => ({ bucket, rows: 0, found: how }));
        this.#fill([...found, ...live]);
        this.#sweptTo = seen.horizon;
        return;
      }
      for (const { bucket, found: how } of found) dirty.set(bucket, how ?? 'live');
    }
    await this.#replace(scope, dirty, tail);
    if (isSurveyed) {
      this.#sweptTo = seen.horizon;
      this.#isSurveyDue = false;
      this.#isAfterLoad = false;
    }
    await this.#auditSlice(scope, tail);
  }

  #shouldSurvey({ deleted }: Look): boolean {
    const sinceMs = performance.now() - this.#surveyedAtMs;
    const restMs = upkeepRest * this.#surveyMs;
    if (this.#isSurveyDue) return true;
    if (deleted !== this.#seen?.deleted && sinceMs >= restMs) return true;
    return sinceMs >= this.#surveyRestMs();
  }

  /** Whether every refresh surveys all rows. */
  #isExact(): boolean {
    return this.#surveyedRows <= this.#tuning.rowsSurveyedAlways;
  }

  /** Time between two surveys, where not every refresh is one. */
  #surveyRestMs(): number {
    return Math.max(this.#tuning.surveyEveryMs, upkeepRest * this.#surveyMs);
  }

  /** Buckets of open rows that changed, closed or went since the last transaction. */
  async #changedOpen(scope: Scope): Promise<number[]> {
    const open = [...this.#rows.openIds()];
    const changed: number[] = [];
    for (let from = 0; from < open.length; from += openIdsAtOnce) {
      const some = open.slice(from, from + openIdsAtOnce);
      const ids = some.map(([id]) => id);
      const unchanged = await readUnchanged(scope, ids, this.#seen?.horizon ?? '0');
      for (const [id, bucket] of some) if (!unchanged.has(id)) changed.push(bucket);
    }
    return changed;
  }

  /** Buckets that a survey finds changed, those that are known to be left out. */
  async #changedSince(
    scope: Scope,
    isKnown: (bucket: number) => boolean,
    isExact: boolean,
  ): Promise<Queue> {
    const survey = await this.#survey(scope, this.#sweptTo);
    const changed: Queue = [];
    for (const bucket of new Set([...survey.keys(), ...this.#rows.buckets()])) {
      const { rows, fresh } = survey.get(bucket) ?? { rows: 0, fresh: 0 };
      if (isKnown(bucket) || (fresh === 0 && rows === this.#rows.rowsIn(bucket))) continue;
      const late = fresh > 0 ? 'sweep' : 'count';
      changed.push({ bucket, rows, found: isExact ? 'live' : late });
    }
    return changed;
  }

  async #replace(
    scope: Scope,
    dirty: ReadonlyMap<number, Found | null>,
    tail: number | null,
  ): Promise<void> {
    if (dirty.size === 0 && tail === null) return;
    const read = await readBuckets(scope, runsOf(dirty.keys(), tail), this.#publishedTo);
    const groups = new Map<Found | null, Set<number>>();
    for (const [bucket, found] of dirty) {
      groups.set(found, (groups.get(found) ?? new Set()).add(bucket));
    }
    if (tail !== null) groups.set('live', groups.get('live') ?? new Set());
    for (const [found, buckets] of groups) {
      const ofTail = found === 'live' ? tail : null;
      const isOwn = (bucket: number): boolean =>
        buckets.has(bucket) || (ofTail !== null && bucket >= ofTail);
      this.#note(found, this.#rows.replace(buckets, ofTail, partOf(read, isOwn)));
    }
  }

  #note(found: Found | null, { closes, isOther, isLate }: Replacement): void {
    if (!this.#isPublished || found === null || !isOther) return;
    if (found === 'audit' && this.#audit !== null) this.#audit.corrected += 1;
    this.#restatements.note(found, closes, isLate || found !== 'live');
  }

  /** Reads some of what nothing has told to be changed, and compares. */
  async #auditSlice(scope: Scope, tail: number | null): Promise<void> {
    const now = performance.now();
    if (this.#audit === null && now >= this.#nextAuditMs) {
      this.#audit = { queue: [...this.#rows.buckets()].sort((a, b) => a - b), corrected: 0 };
      this.#nextAuditMs = now + auditEveryMs;
    }
    if (this.#audit === null || now < this.#auditAtMs) return;
    const { queue } = this.#audit;
    const slice: number[] = [];
    for (let rows = 0; slice.length < queue.length && rows < rowsASlice; ) {
      const bucket = queue.at(-1 - slice.length) ?? 0;
      slice.push(bucket);
      rows += this.#rows.rowsIn(bucket);
    }
    const read = await readBuckets(scope, runsOf(slice, null), this.#publishedTo);
    queue.length -= slice.length;
    // One by one, so that each correction is counted; the tail has just been read.
    for (const bucket of slice) {
      if (tail !== null && bucket >= tail) continue;
      const own = new Set([bucket]);
      this.#note(
        'audit',
        this.#rows.replace(
          own,
          null,
          partOf(read, (each) => own.has(each)),
        ),
      );
    }
    const spentMs = performance.now() - now;
    this.#upkeepMs += spentMs;
    this.#auditAtMs = performance.now() + upkeepRest * spentMs;
    if (queue.length > 0) return;
    this.#audited = { at: scope.asOf, corrected: this.#audit.corrected };
    this.#audit = null;
  }
}

/** What was read of some of the buckets. */
const partOf = (read: ReadBuckets, isOwn: (bucket: number) => boolean): ReadBuckets => ({
  buckets: new Map([...read.buckets].filter(([bucket]) => isOwn(bucket))),
  closes: read.closes.filter(({ bucket }) => isOwn(bucket)),
});

function tailOf({ asOf }: Pick<Scope, 'asOf'>): number {
  const ms = instantMs(asOf);
  if (ms === null) throw new UnfitError('the server’s clock is beyond the year 275760');
  return bucketAt(ms - tailMs);
}
