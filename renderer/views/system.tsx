import { formatAge, formatCount, formatTime } from '../../shared/format.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { OwnCost } from '../../shared/own-cost.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { askForAudit, useOwnCost } from '../client/own-cost.ts';
import { Acts } from '../components/acts.tsx';
import { bytesText, latencyText, shareText } from '../components/cost-words.ts';
import { FeedPanel } from '../components/feed-panel.tsx';
import { LatencyHistogram } from '../components/latency-histogram.tsx';
import { RestatementList } from '../components/restatement-list.tsx';
import { SystemBlock, SystemLine } from '../components/system-block.tsx';
import { ageText } from '../components/words.ts';

interface Props {
  snapshot: Snapshot | null;
  state: MonitorState | null;
}

/** Health of the connection to the database, and what watching it costs, live. */
export function System({ snapshot, state }: Props) {
  const cost = useOwnCost();
  return (
    <div className="system" data-testid="system">
      <h1 className="visually-hidden">System</h1>
      <div className="system-columns">
        <Connection snapshot={snapshot} state={state} />
        <Cost cost={cost} state={state} />
        <History cost={cost} zone={snapshot?.day.zone ?? 'UTC'} />
      </div>
      <div className="system-columns">
        <Latency title="Probe: has anything changed?" latency={cost?.probe ?? null} name="probe" />
        <Latency title="Refresh: all figures" latency={cost?.refresh ?? null} name="refresh" />
        <FeedPanel />
      </div>
      <RestatementList snapshot={snapshot} />
    </div>
  );
}

function Connection({ snapshot, state }: Props) {
  const server = snapshot?.server ?? null;
  return (
    <SystemBlock title="Connections">
      <dl>
        <SystemLine
          label="Held by Plumbline"
          testId="system-connections"
          text={state && `${state.connections} of ${state.connectionBudget}`}
          meaning="Connections that it holds now, of those that it may hold at the very most"
        />
        <SystemLine
          label="In use on the server"
          testId="system-slots"
          text={server && `${server.inUse} of ${server.maxConnections}`}
          meaning="Connections of everybody, of those that the server allows"
        />
        <SystemLine
          label="Kept for superusers"
          testId="system-reserved"
          text={server && formatCount(server.reserved)}
        />
        <SystemLine
          label="Server"
          testId="system-kind"
          text={server && (server.standby ? 'standby' : 'primary')}
        />
        <SystemLine
          label="Role"
          testId="system-role"
          text={server && (server.roleCanWrite ? 'could write' : 'read-only')}
          meaning="Plumbline never writes; a role that cannot is safer"
        />
      </dl>
    </SystemBlock>
  );
}

function Cost({ cost, state }: { cost: OwnCost | null; state: MonitorState | null }) {
  return (
    <SystemBlock title="What watching costs">
      <dl>
        <SystemLine
          label="Time inside queries"
          testId="system-duty-cycle"
          text={cost && `${shareText(cost.dutyCycle)} of ${shareText(cost.dutyCycleLimit)}`}
          meaning="Share of the last ten minutes, of the most that it may be in the long run; a first load is paid off later"
        />
        <SystemLine
          label="Asks every"
          testId="system-interval"
          text={state && ageText(state.intervalMs)}
        />
        <SystemLine
          label="Probes"
          testId="system-probes"
          text={cost && formatCount(cost.probe.count)}
          meaning="One statement each: has anything changed?"
        />
        <SystemLine
          label="Refreshes"
          testId="system-refreshes"
          text={cost && formatCount(cost.refresh.count)}
          meaning="All figures anew, in one transaction that only reads"
        />
        <SystemLine
          label="Received · sent"
          testId="system-bytes"
          text={cost && `${bytesText(cost.received)} · ${bytesText(cost.sent)}`}
        />
        <SystemLine
          label="Watching for"
          testId="system-uptime"
          text={cost && formatAge(cost.forMs)}
        />
      </dl>
    </SystemBlock>
  );
}

function History({ cost, zone }: { cost: OwnCost | null; zone: string }) {
  const history = cost?.history ?? null;
  const audit = history?.audit ?? null;
  return (
    <SystemBlock title="Kept history">
      {history?.unfit == null ? null : (
        <p className="note" data-testid="system-unfit">
          {`None of this ledger, for ${history.unfit}. Each refresh reads all of it.`}
        </p>
      )}
      <dl>
        <SystemLine
          label="Loaded"
          testId="system-loaded"
          text={history && shareText(history.loaded)}
          meaning="Share of the ledger that is kept here, so that a refresh reads what changed alone"
        />
        <SystemLine
          label="Closes kept"
          testId="system-closes"
          text={history && `${formatCount(history.closes)} · ${bytesText(history.bytes)}`}
        />
        <SystemLine
          label="Rows swept"
          testId="system-swept"
          text={history && formatCount(history.rowsSwept)}
          meaning="Rows whose version was looked at to find late changes"
        />
        <SystemLine
          label="Last sweep took"
          testId="system-survey"
          text={history && latencyText(history.surveyMs)}
        />
        <SystemLine
          label="Last audit"
          testId="system-audit"
          text={audit && `${formatTime(audit.at, zone)} · ${audit.corrected} corrected`}
          meaning="An audit reads all of the ledger again, a little at a time, and compares"
        />
      </dl>
      <Acts>
        <button type="button" className="action" data-testid="audit-now" onClick={askForAudit}>
          Audit now
        </button>
      </Acts>
    </SystemBlock>
  );
}

function Latency({
  title,
  latency,
  name,
}: {
  title: string;
  latency: OwnCost['probe'] | null;
  name: string;
}) {
  return (
    <SystemBlock title={title}>
      <dl>
        <SystemLine
          label="Half within"
          testId={`system-${name}-p50`}
          text={latency && latencyText(latency.p50Ms)}
          meaning="Median of the last 500, from asking to having the answer"
        />
        <SystemLine
          label="95 % within"
          testId={`system-${name}-p95`}
          text={latency && latencyText(latency.p95Ms)}
        />
      </dl>
      {latency === null ? null : <LatencyHistogram latency={latency} name={name} />}
    </SystemBlock>
  );
}
