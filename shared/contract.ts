import * as z from 'zod/mini';
import { alertCommandIds } from './alerts/alert-commands.ts';
import {
  alertsStateSchema,
  deliverySettingsSchema,
  importResultSchema,
  rulePreviewSchema,
  ruleProblemSchema,
  testResultSchema,
  whatIfSchema,
} from './alerts/alerts-state.ts';
import { episodeSchema } from './alerts/episode.ts';
import { ruleSchema, severitySchema } from './alerts/rule.ts';
import { feedStateSchema } from './feed.ts';
import { monitorStateSchema } from './monitor-state.ts';
import { oddityIds, oddRowsSchema } from './oddities.ts';
import { ownCostSchema } from './own-cost.ts';
import { rangeIds } from './ranges.ts';
import type { Result } from './result.ts';
import { settingsSchema, settingsStateSchema } from './settings.ts';
import { countSchema, snapshotSchema } from './snapshot.ts';
import { tradePageSchema, tradeQuerySchema } from './trade-page.ts';
import { viewIds } from './views.ts';

type Schema = z.ZodMiniType;

interface Call<I extends Schema = Schema, O extends Schema = Schema> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
}

interface Push<O extends Schema = Schema> {
  readonly kind: 'push';
  readonly output: O;
}

const call = <I extends Schema, O extends Schema>(input: I, output: O): Call<I, O> => ({
  kind: 'call',
  input,
  output,
});

const push = <O extends Schema>(output: O): Push<O> => ({ kind: 'push', output });

const nothing = z.undefined();

/** What the application menu asks of the page. */
export const pageCommands = [
  'keys',
  'palette',
  ...viewIds.map((id) => `view-${id}` as const),
  ...rangeIds.map((id) => `range-${id}` as const),
  ...alertCommandIds,
] as const;

export type PageCommand = (typeof pageCommands)[number];

/**
 * Every call and every push between the main process and a renderer. Handler table, preload, client
 * and test client are derived from it; nobody types a channel name.
 */
export const contract = {
  monitor: {
    /** Where the monitor stands; the renderer asks once, after it has subscribed to `changed`. */
    state: call(nothing, monitorStateSchema),
    /** The current snapshot, null before the first refresh. Costs the database nothing. */
    snapshot: call(nothing, z.nullable(snapshotSchema)),
    /** Refresh now, or as soon as the duty cycle allows; any number of callers share one refresh. */
    refresh: call(nothing, monitorStateSchema),
    /** Pause or resume; a paused monitor asks nothing of the database. */
    setPaused: call(z.boolean(), monitorStateSchema),
    /** The rows behind a data-quality chip; asks the database, as sparingly as a refresh. */
    oddRows: call(z.enum(oddityIds), oddRowsSchema),
    /** A page of trades; asks the database, as sparingly as a refresh. */
    trades: call(tradeQuerySchema, tradePageSchema),
    /** What watching costs, since the start; costs the database nothing. */
    cost: call(nothing, ownCostSchema),
    /** Compares all that is kept with the database, in the course of the coming refreshes. */
    audit: call(nothing, monitorStateSchema),
    /** The monitor's state changed, or the figures were confirmed once more. */
    changed: push(monitorStateSchema),
  },
  settings: {
    state: call(nothing, settingsStateSchema),
    /** Changes how Plumbline looks; what numbers depend on is changed in the file. */
    setAppearance: call(z.partial(settingsSchema.shape.appearance), settingsStateSchema),
    /** The settings changed, by a call or in the file. */
    changed: push(settingsStateSchema),
  },
  alerts: {
    /** Where all alerts stand; the renderer asks once, after it has subscribed to `changed`. */
    state: call(nothing, alertsStateSchema),
    /** Makes or changes a rule; one with problems is not saved. */
    saveRule: call(ruleSchema, z.array(ruleProblemSchema)),
    deleteRule: call(z.string(), alertsStateSchema),
    /** Makes the rules that follow from the risk limits, those that there are left as they are. */
    addPresets: call(nothing, alertsStateSchema),
    /** What a rule would say now. */
    preview: call(ruleSchema, rulePreviewSchema),
    /** What it would have told over the last 90 days. */
    whatIf: call(ruleSchema, whatIfSchema),
    /** Acknowledges an episode: no more reminders of it. */
    ack: call(z.object({ episodeId: z.string(), note: z.string() }), alertsStateSchema),
    /**
     * Keeps an episode's rule, or with null all rules, from telling: for so many minutes from now, until
     * the alert is over or until the next trading day; null ends that.
     */
    snooze: call(
      z.object({
        episodeId: z.nullable(z.string()),
        until: z.nullable(z.union([z.int(), z.enum(['recovered', 'tomorrow'])])),
      }),
      alertsStateSchema,
    ),
    /** Shows a notification of a rule, or of none, by the real path. */
    test: call(z.nullable(z.string()), testResultSchema),
    /**
     * Episodes with a text in them, latest first, 100 from an offset on; of one severity, or those that last
     * or that nobody has acknowledged alone, if so asked.
     */
    history: call(
      z.object({
        ...{ text: z.string(), offset: countSchema },
        ...{ severity: z.optional(severitySchema), isOpenOnly: z.optional(z.boolean()) },
      }),
      z.object({
        episodes: z.array(episodeSchema),
        /** How many there are: of those asked for, of those among them that are open, and in all. */
        ...{ total: countSchema, open: countSchema, all: countSchema },
      }),
    ),
    /** Changes when and whereto alerts are told; a secret of null keeps the one that is known. */
    setDelivery: call(
      z.object({ settings: deliverySettingsSchema, secret: z.nullable(z.string()) }),
      z.array(ruleProblemSchema),
    ),
    /** All rules as versioned JSON. */
    exportRules: call(nothing, z.string()),
    /** Takes rules from such a text; a dry run tells what would change. */
    importRules: call(z.object({ text: z.string(), isDryRun: z.boolean() }), importResultSchema),
    /** A trading day's result as Markdown. */
    dailyCloseText: call(z.string(), z.string()),
    changed: push(alertsStateSchema),
    /** A notification was clicked: show this episode, or with null the inbox. */
    show: push(z.nullable(z.string())),
  },
  feed: {
    /** Whether the local feed is on, for whom and where; costs nothing. */
    state: call(nothing, feedStateSchema),
  },
  desktop: {
    /** Brings the window with the views to the front. */
    openMain: call(nothing, z.void()),
    /** Opens the mini window, or closes it. */
    toggleMini: call(nothing, z.void()),
    /** A menu item was chosen that the page carries out. */
    command: push(z.enum(pageCommands)),
  },
} as const;

type Contract = typeof contract;
type Names<G, K extends 'call' | 'push'> = {
  [N in keyof G]: G[N] extends { kind: K } ? N : never;
}[keyof G];

/** What a caller passes: no argument where the input is nothing. */
type Arguments<I extends Schema> = z.infer<I> extends undefined ? [] : [payload: z.infer<I>];

/** One handler a call: total, so that a missing one does not compile. */
export type Handlers = {
  [G in keyof Contract as [Names<Contract[G], 'call'>] extends [never] ? never : G]: {
    [N in Names<Contract[G], 'call'>]: Contract[G][N] extends Call<infer I, infer O>
      ? (...payload: Arguments<I>) => z.infer<O> | Promise<z.infer<O>>
      : never;
  };
};

/** What the renderer holds: calls answer with a {@link Result}, subscriptions return their undo. */
export type Client = {
  [G in keyof Contract]: {
    [N in Names<Contract[G], 'call'>]: Contract[G][N] extends Call<infer I, infer O>
      ? (...payload: Arguments<I>) => Promise<Result<z.infer<O>>>
      : never;
  } & {
    [N in Names<Contract[G], 'push'>]: Contract[G][N] extends Push<infer O>
      ? (listener: (value: z.infer<O>) => void) => () => void
      : never;
  };
};

/** The sender of pushes that main holds, as `send.monitor.changed(state)`. */
export type Pushes = {
  [G in keyof Contract]: {
    [N in Names<Contract[G], 'push'>]: Contract[G][N] extends Push<infer O>
      ? (value: z.infer<O>) => void
      : never;
  };
};

/** Group, name and channel of each entry: all that the preload script gets of the contract. */
export interface ContractEntry {
  readonly group: string;
  readonly name: string;
  readonly kind: 'call' | 'push';
  readonly channel: string;
}

/** The entries of the contract, in its order. */
export const contractEntries: readonly ContractEntry[] = Object.entries(contract).flatMap(
  ([group, entries]) =>
    Object.entries(entries).map(([name, { kind }]) => ({
      group,
      name,
      kind,
      channel: `${group}.${name}`,
    })),
);
