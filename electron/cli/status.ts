import type { Severity } from '../../shared/alerts/rule.ts';
import { wishesOf } from '../alerts/wishes.ts';
import { addressOf } from '../ledger/connection-profile.ts';
import { ledgerOptionsOf } from '../ledger/ledger-options.ts';
import type { Reading } from '../ledger/snapshot.ts';
import { demoIdentity, type LedgerIdentity } from '../settings/ledger-identity.ts';
import { alertsOnce } from './alerts-once.ts';
import { type CommandIo, exitCodes, orUsage, readOptions, UsageError } from './command-io.ts';
import { exitCodeOf, explained, failureSentence } from './failure-words.ts';
import { type FoundLedger, homeOf, identityOf, profileOf, settingsOf } from './find-ledger.ts';
import { readKeptAlerts } from './kept-alerts.ts';
import { type Asked, askLedger, questionDeadlineMs } from './open-ledger.ts';
import { withProgress } from './progress.ts';
import { doubtOf } from './status-doubt.ts';
import { type Status, statusJson, statusText } from './status-print.ts';
import { firesFrom } from './status-rows.ts';
import { tableOptions } from './text-options.ts';
import { type Watched, watchedAlerts } from './watched-alerts.ts';

const optionNames = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  'fail-on': { type: 'string' },
} as const;

interface Request {
  readonly json: boolean;
  readonly failOn: Severity | null;
}

/** Prints where the alerts stand: as whoever watches knows it, else by one look at the ledger. */
export function runStatusCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return orUsage('status', io, async () => {
    const { help, json = false, 'fail-on': failOn } = readOptions('status', args, optionNames);
    if (help === true) {
      io.stdout(statusUsage);
      return exitCodes.fine;
    }
    const request = { json, failOn: failOnOf(failOn) };
    const watched = await watchedAlerts(io);
    return watched.kind === 'answered'
      ? tellWatched(watched, request, io)
      : lookOnce(watched.why, request, io);
  });
}

function failOnOf(text: string | undefined): Severity | null {
  if (text === undefined) return null;
  if (text === 'warning' || text === 'critical') return text;
  throw new UsageError(`--fail-on takes warning or critical, not ${text.slice(0, 40)}.`);
}

async function tellWatched(
  { source, answer }: Extract<Watched, { kind: 'answered' }>,
  request: Request,
  io: CommandIo,
): Promise<number> {
  const { state, alerts } = answer;
  const { profile: ledger, asOf, status } = state;
  const isDemo = ledger.label === 'DEMO';
  const code = await tell({ source, ledger, asOf, isReady: alerts.isReady, alerts }, request, {
    ...{ io, isDemo },
  });
  // What fires is told all the same; that nothing does says little while nobody can look.
  if (status.kind === 'failing') {
    io.stderr(`status: ${failureSentence(status.failure)}\n`);
    return code === exitCodes.fine ? exitCodeOf(status.failure, { isDemo: false }) : code;
  }
  const doubt = doubtOf(answer, source.kind);
  if (doubt === null) return code;
  io.stderr(`status: ${doubt}\n`);
  // Whoever only reads is told; a check that nothing fires must not pass unseen.
  return code === exitCodes.fine && request.failOn !== null ? exitCodes.notALedger : code;
}

async function lookOnce(why: string, request: Request, io: CommandIo): Promise<number> {
  const found = await profileOf(io);
  const { settings, warnings } = await settingsOf(io, found);
  const kept = await readKeptAlerts(homeOf(io.env), found.isDemo);
  for (const warning of [...warnings, ...kept.warnings]) io.stderr(`${warning}\n`);
  const { rules } = kept.files.rules();
  const options = ledgerOptionsOf(settings, wishesOf(rules));
  const asked: Asked<Reading> = await withProgress('Reading the ledger', io, () =>
    askLedger({ profile: found.profile, settings, options }, io, (ledger) =>
      ledger.read(questionDeadlineMs),
    ),
  );
  switch (asked.kind) {
    case 'answered': {
      const reading = asked.value;
      const profile = identityOf(found, settings);
      const alerts = await alertsOnce({ kept, reading, settings, place: placeOf(found), profile });
      const { isDemo } = found;
      const status: Status = {
        source: { kind: 'once', why },
        ...{ ledger: profile, asOf: reading.snapshot.asOf, isReady: true, alerts },
      };
      return tell(status, request, { io, isDemo });
    }
    case 'failed':
      io.stderr(`status: ${failureSentence(explained(asked.failure, found))}\n`);
      return exitCodeOf(asked.failure, found);
    case 'interrupted':
      return asked.code;
  }
}

/** As whoever watches remembers it, whatever the settings call it. */
function placeOf({ profile, isDemo }: FoundLedger): LedgerIdentity {
  if (isDemo) return demoIdentity;
  return { name: profile.database, label: 'LEDGER', host: addressOf(profile) };
}

async function tell(
  status: Status,
  { json, failOn }: Request,
  { io, isDemo }: { readonly io: CommandIo; readonly isDemo: boolean },
): Promise<number> {
  const { settings } = await settingsOf(io, { isDemo });
  const print = json
    ? statusJson(status)
    : statusText(status, settings.tradingDay.zone, tableOptions(settings, io));
  io.stdout(print);
  const fires = firesFrom(status.alerts.current, failOn);
  return fires.length > 0 ? exitCodes.alertFires : exitCodes.fine;
}

const statusUsage = `status [--fail-on warning|critical] [--json]

Prints where the alerts stand. Where the app or "plumbline serve" runs on this PLUMBLINE_HOME
with its feed switched on, it is asked. Otherwise the rules of alert-rules.json are held against
one reading of the ledger that DATABASE_URL names, or of the running demo, going on from
alert-state.json: nothing is written and nobody is told. One reading cannot tell how long a
breach lasts, so rules that wait for that stay pending.

  --fail-on LEVEL  end with 1 when an alert fires that is warning or critical, or critical:
                   firing, without data where the rule asks for that, recovering, and events of
                   the last hour; acknowledged and snoozed ones too. Else with 3 or 4 when nobody
                   can look: whoever watches is paused, starting, out of date or has lost the ledger
  --json           the same for programs, values exact as text

Examples:
  DATABASE_URL=postgresql://reader@host/trading plumbline status
  plumbline status --fail-on critical || mail -s "P&L" desk@example.org
  plumbline status --json | jq -r '.rules[] | select(.state == "firing") | .name'

Exit codes: 0 fine, 1 an alert at or over --fail-on fires, 2 usage or configuration,
3 cannot connect, 4 connected, but no ledger or no figures of now, 70 a mistake of Plumbline itself.
`;
