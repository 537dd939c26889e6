import type { ReactNode } from 'react';
import { formatAge, formatCount, formatTime } from '../../shared/format.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { OwnCost } from '../../shared/own-cost.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { askForAudit, useOwnCost } from '../client/own-cost.ts';
import { bytesText, latencyText, shareText } from '../components/cost-words.ts';
import { LatencyHistogram } from '../components/latency-histogram.tsx';
import { RestatementList } from '../components/restatement-list.tsx';
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
      </div>
      <RestatementList snapshot={snapshot} />
    </div>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="system-block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface LineProps {
  label: string;
  testId: string;
  /** Null before it is known. */
  text: string | null;
  meaning?: string;
}

const Line = ({ label, testId, text, meaning }: LineProps) => (
  <div className="system-line" title={meaning}>
    <dt>{label}</dt>
    <dd data-testid={testId}>{text ?? '—'}</dd>
  </div>
);

function Connection({ snapshot, state }: Props) {
  const server = snapshot?.server ?? null;
  return (
    <Block title="Connections">
      <dl>
        <Line
          label="Held by Plumbline"
          testId="system-connections"
          text={state && `${state.connections} of ${state.connectionBudget}`}
          meaning="Connections that it holds now, of those that it may hold at the very most"
        />
        <Line
          label="In use on the server"
          testId="system-slots"
          text={server && `${server.inUse} of ${server.maxConnections}`}
          meaning="Connections of everybody, of those that the server allows"
        />
        <Line
          label="Kept for superusers"
          testId="system-reserved"
          text={server && formatCount(server.reserved)}
        />
        <Line
          label="Server"
          testId="system-kind"
          text={server && (server.standby ? 'standby' : 'primary')}
        />
        <Line
          label="Role"
          testId="system-role"
          text={server && (server.roleCanWrite ? 'could write' : 'read-only')}
          meaning="Plumbline never writes; a role that cannot is safer"
        />
      </dl>
    </Block>
  );
}

function Cost({ cost, state }: { cost: OwnCost | null; state: MonitorState | null }) {
  return (
    <Block title="What watching costs">
      <dl>
        <Line
          label="Time inside queries"
          testId="system-duty-cycle"
          text={cost && `${shareText(cost.dutyCycle)} of ${shareText(cost.dutyCycleLimit)}`}
          meaning="Share of the last ten minutes, of the most that it may be in the long run; a first load is paid off later"
        />
        <Line
          label="Asks every"
          testId="system-interval"
          text={state && ageText(state.intervalMs)}
        />
        <Line
          label="Probes"
          testId="system-probes"
          text={cost && formatCount(cost.probe.count)}
          meaning="One statement each: has anything changed?"
        />
        <Line
          label="Refreshes"
          testId="system-refreshes"
          text={cost && formatCount(cost.refresh.count)}
          meaning="All figures anew, in one transaction that only reads"
        />
        <Line
          label="Received · sent"
          testId="system-bytes"
          text={cost && `${bytesText(cost.received)} · ${bytesText(cost.sent)}`}
        />
        <Line label="Watching for" testId="system-uptime" text={cost && formatAge(cost.forMs)} />
      </dl>
    </Block>
  );
}

function History({ cost, zone }: { cost: OwnCost | null; zone: string }) {
  const history = cost?.history ?? null;
  const audit = history?.audit ?? null;
  return (
    <Block title="Kept history">
      {history?.unfit == null ? null : (
        <p className="note" data-testid="system-unfit">
          {`None of this ledger, for ${history.unfit}. Each refresh reads all of it.`}
        </p>
      )}
      <dl>
        <Line
          label="Loaded"
          testId="system-loaded"
          text={history && shareText(history.loaded)}
          meaning="Share of the ledger that is kept here, so that a refresh reads what changed alone"
        />
        <Line
          label="Closes kept"
          testId="system-closes"
          text={history && `${formatCount(history.closes)} · ${bytesText(history.bytes)}`}
        />
        <Line
          label="Rows swept"
          testId="system-swept"
          text={history && formatCount(history.rowsSwept)}
          meaning="Rows whose version was looked at to find late changes"
        />
        <Line
          label="Last sweep took"
          testId="system-survey"
          text={history && latencyText(history.surveyMs)}
        />
        <Line
          label="Last audit"
          testId="system-audit"
          text={audit && `${formatTime(audit.at, zone)} · ${audit.corrected} corrected`}
          meaning="An audit reads all of the ledger again, a little at a time, and compares"
        />
      </dl>
      <button type="button" className="action" data-testid="audit-now" onClick={askForAudit}>
        Audit now
      </button>
    </Block>
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
    <Block title={title}>
      <dl>
        <Line
          label="Half within"
          testId={`system-${name}-p50`}
          text={latency && latencyText(latency.p50Ms)}
          meaning="Median of the last 500, from asking to having the answer"
        />
        <Line
          label="95 % within"
          testId={`system-${name}-p95`}
          text={latency && latencyText(latency.p95Ms)}
        />
      </dl>
      {latency === null ? null : <LatencyHistogram latency={latency} name={name} />}
    </Block>
  );
}
