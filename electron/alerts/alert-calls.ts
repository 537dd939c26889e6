import type { InstanceStatus, RulePreview, TestResult } from '../../shared/alerts/alerts-state.ts';
import { checkRule } from '../../shared/alerts/check-rule.ts';
import { dailyCloseMarkdown } from '../../shared/alerts/daily-close.ts';
import { pendingMs, recoveryOf } from '../../shared/alerts/defaults.ts';
import { type Episode, isOpen } from '../../shared/alerts/episode.ts';
import { episodeOf } from '../../shared/alerts/instance.ts';
import { missingPresets } from '../../shared/alerts/presets.ts';
import { tomorrowAt } from '../../shared/alerts/quiet-hours.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import { exportRules, planImport } from '../../shared/alerts/rules-file.ts';
import { episodeTitle, ruleSentence } from '../../shared/alerts/words.ts';
import type { Handlers } from '../../shared/contract.ts';
import { printDecimal } from '../../shared/decimal.ts';
import { instantOfMs } from '../../shared/instant.ts';
import { NotAvailableError } from '../monitor/not-available.ts';
import { instanceStatus, instancesShown, latestFirst, nearestFirst } from './alert-view.ts';
import type { Alerts } from './alerts.ts';
import type { AlertsNeeds } from './alerts-needs.ts';
import { tellingOf } from './delivery.ts';
import { levelValues } from './level-values.ts';
import { checkWebhook } from './webhook-presets.ts';
import { lacksNames, namesUnread, type WhatIfScope, whatIf } from './what-if.ts';

const episodesAPage = 100;
const minuteMs = 60 * 1000;
const whatIfTries = 5;
const restMs = 100;

/** What a window may ask of alerts. */
export function alertCalls(alerts: Alerts, needs: AlertsNeeds): Handlers['alerts'] {
  const { clock, notifier, secret, settings, monitor } = needs;
  const now = (): string => instantOfMs(clock.wallMs());
  const others = ({ id }: Rule): Rule[] => alerts.stored.rules.filter((rule) => rule.id !== id);
  const changeRules = (update: (rules: readonly Rule[]) => readonly Rule[]): Promise<void> =>
    alerts.change((stored) => ({
      ...stored,
      rules: [...update(stored.rules)],
      presetsAnswered: true,
    }));
  return {
    state: () => alerts.state(),
    saveRule: async (rule) => {
      const problems = checkRule(rule, others(rule));
      if (problems.length > 0) return problems;
      await changeRules((rules) =>
        rules.some(({ id }) => id === rule.id)
          ? rules.map((one) => (one.id === rule.id ? rule : one))
          : [...rules, rule],
      );
      return [];
    },
    deleteRule: async (id) => {
      await changeRules((rules) => rules.filter((rule) => rule.id !== id));
      return alerts.state();
    },
    addPresets: async () => {
      await changeRules((rules) => [...rules, ...missingPresets(settings(), rules)]);
      return alerts.state();
    },
    preview: async (rule) => previewOf(rule, checkRule(rule, others(rule)), alerts, needs),
    whatIf: (rule) => tryOut(rule, alerts, needs),
    ack: async ({ episodeId, note }) => {
      const acked = { at: now(), by: 'here', note };
      await alerts.note((book) => book.change(episodeId, (episode) => ({ ...episode, acked })));
      notifier.close(episodeId);
      return alerts.state();
    },
    snooze: async ({ episodeId, until }) => {
      const end =
        until === 'tomorrow'
          ? tomorrowAt(now(), settings().tradingDay)
          : typeof until === 'number'
            ? instantOfMs(clock.wallMs() + until * minuteMs)
            : until;
      await alerts.note((book) => {
        if (episodeId === null) {
          // Only an episode can recover.
          book.remember({ snoozedUntil: end === 'recovered' ? null : end });
          return;
        }
        const episode = book.episode(episodeId);
        const owner = episode === null ? null : book.ownerOf(episode);
        // What is over has recovered already: a snooze until then would never end.
        const isOver = end === 'recovered' && (owner === null || episodeOf(owner) === null);
        if (owner !== null && !isOver) book.put({ ...owner, snoozedUntil: end });
      });
      return alerts.state();
    },
    test: (ruleId) => test(ruleId === null ? null : alerts.rule(ruleId), needs),
    history: ({ text, offset, severity, isOpenOnly = false }) => {
      const all = latestFirst([...alerts.book.ended(), ...alerts.book.lasting()]);
      const found = all.filter(
        (episode) =>
          (severity === undefined || episode.severity === severity) && matches(episode, text),
      );
      const open = found.filter(isOpen);
      const asked = isOpenOnly ? open : found;
      return {
        episodes: asked.slice(offset, offset + episodesAPage),
        ...{ total: asked.length, open: open.length, all: all.length },
      };
    },
    setDelivery: async ({ settings: delivery, secret: changed }) => {
      const known = changed === null ? secret.get() : changed;
      const problems = checkWebhook(delivery.webhook, known === '' ? null : known);
      if (problems.length > 0) return problems;
      if (changed !== null) await secret.set(changed === '' ? null : changed);
      await alerts.change((stored) => ({ ...stored, delivery }));
      return [];
    },
    exportRules: () => exportRules(alerts.stored.rules),
    importRules: async ({ text, isDryRun }) => {
      const { result } = planImport(text, alerts.stored.rules);
      if (!isDryRun && result.problems.length === 0) {
        await changeRules((rules) => planImport(text, rules).rules);
      }
      return result;
    },
    dailyCloseText: (day) => {
      const close = alerts.book.rest.dailyCloses.find((one) => one.day === day);
      if (close === undefined) {
        throw new NotAvailableError(`There is no daily close of ${day}.`);
      }
      return dailyCloseMarkdown(close);
    },
  };

  function test(rule: Rule | null, { log }: AlertsNeeds): Promise<TestResult> {
    const { isDemo, hidesAmounts } = tellingOf(needs);
    const title = `${isDemo ? 'DEMO · ' : ''}Test${rule === null ? ' of Plumbline' : `: ${kindOf(rule).name}`}`;
    const body =
      rule === null || hidesAmounts ? 'This is what an alert looks like.' : ruleSentence(rule);
    const severity = rule?.severity ?? 'warning';
    const id = `test ${now()}`;
    return notifier
      .show({ id, title, body, severity, isSticky: severity === 'critical', episodeId: null })
      .then((shown) => {
        if (shown === 'failed') log('A test notification could not be shown.');
        return shown === 'shown'
          ? { wasShown: true, message: 'The desktop took the notification. Did you see it?' }
          : {
              wasShown: false,
              message:
                'The desktop took no notification: nothing on it shows any, or Plumbline is not allowed to. Alerts stand in the strip, the inbox and the tray all the same.',
            };
      });
  }

  async function tryOut(rule: Rule, from: Alerts, { log }: AlertsNeeds) {
    for (let tries = 0; tries < whatIfTries; tries += 1) {
      const { reading } = from;
      if (reading?.series.isWhole) {
        const { changes } = reading.series.columns;
        const lines = await from.paths.linesOf(rule, reading.series);
        const scope: WhatIfScope = {
          ...{ reading, tradingDay: settings().tradingDay, lines },
          isOutdated: () => reading.series.columns.changes !== changes || !reading.series.isWhole,
        };
        const found = await whatIf(rule, scope);
        if (found !== null) return found;
      }
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    log('A rule could not be tried out: the closes changed again and again.');
    throw new NotAvailableError(
      monitor().sequence === 0
        ? 'There are no figures yet to try the rule on.'
        : 'The closes change too fast right now. Try again in a moment.',
    );
  }
}

/** What a rule would say of the last reading. */
async function previewOf(
  rule: Rule,
  problems: RulePreview['problems'],
  alerts: Alerts,
  needs: AlertsNeeds,
): Promise<RulePreview> {
  const earliestMs = pendingMs(rule) + needs.monitor().intervalMs;
  const hasThreshold = rule.threshold !== null && kindOf(rule).unit !== null;
  const recovery = hasThreshold ? printDecimal(recoveryOf(rule)) : null;
  return { problems, instances: await instancesNow(rule, alerts, needs), earliestMs, recovery };
}

async function instancesNow(
  rule: Rule,
  alerts: Alerts,
  { settings }: AlertsNeeds,
): Promise<InstanceStatus[]> {
  const { reading } = alerts;
  const status = (scope: string | null, value: string | null, degraded: string | null) => ({
    ...{ scope, value, degraded, state: 'normal' as const },
  });
  if (reading === null) return [status(null, null, 'there are no figures yet')];
  const known = alerts.book.instancesOf(rule.id);
  if (kindOf(rule).timing === 'path') {
    if (kindOf(rule).isEvent) return [status(null, null, 'it tells of what happens from now on')];
    if (lacksNames(rule, reading.series)) return [status(null, null, namesUnread.toLowerCase())];
    // While closes are being read their line is in pieces: what was evaluated last stands for it.
    if (!reading.series.isWhole) return known.map(instanceStatus);
    const presents = await alerts.paths.presents(rule, reading, settings().tradingDay);
    return nearestFirst(
      rule,
      presents.map(({ scope, value }) => status(scope, value, value === null ? 'n/a' : null)),
    ).slice(0, instancesShown);
  }
  const { asOf } = reading.snapshot;
  const { tradingDay } = settings();
  const found = levelValues(rule, { reading, asOf, tradingDay });
  if (found.kind === 'none') return [status(null, null, found.reason)];
  return nearestFirst(
    rule,
    [...found.values].map(([scope, value]) => status(scope, value, null)),
  ).slice(0, instancesShown);
}

function matches(episode: Episode, text: string): boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const { name, scope, severity, what, endReason, plan, acked, start, day } = episode;
  const told = episode.deliveries.map(({ how }) => how).join(' ');
  const title = [episode.start.value, episode.worst.value]
    .map((value) => episodeTitle(episode, {}, value))
    .join(' ');
  const orders = episode.orders.flatMap(({ reason, venue, market }) => [reason, venue, market]);
  const all = [
    name,
    scope,
    severity,
    what,
    endReason,
    plan,
    acked?.note,
    start.at,
    day,
    told,
    title,
    ...orders,
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => all.includes(word));
}
