import { useState } from 'react';
import type { AlertsState, DailyClose } from '../../../shared/alerts/alerts-state.ts';
import {
  formatCount,
  formatDay,
  formatMoney,
  formatPercent,
  formatText,
} from '../../../shared/format.ts';
import type { Figure } from '../../../shared/snapshot.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { usePrivacy } from '../../client/settings-context.tsx';
import { FigureValue } from '../figure-value.tsx';
import { hiddenAmount } from '../units.ts';
import { outcomesText, plural } from '../words.ts';
import { TextDialog } from './text-dialog.tsx';

/** What the last trading days came to, written at each rollover. */
export function DailyCloses({ state }: { state: AlertsState }) {
  const store = useAlertsStore();
  const [open, setOpen] = useState<{ day: string; text: string } | null>(null);
  if (state.dailyCloses.length === 0) {
    return (
      <div className="teaching">
        <h2>No trading day has closed yet</h2>
        <p>
          At each rollover the result of the day is written here: P&L, closes, limits used, what
          stayed open, and the alerts of the day.
        </p>
      </div>
    );
  }
  const show = async (day: string): Promise<void> => {
    const result = await store.act((client) => client.dailyCloseText(day));
    if (result.ok) setOpen({ day, text: result.value });
  };
  return (
    <>
      <ul className="daily-closes" data-testid="daily-closes">
        {state.dailyCloses.map((close) => (
          <Day key={close.day} close={close} onShow={() => void show(close.day)} />
        ))}
      </ul>
      {open === null ? null : (
        <TextDialog
          title={`Daily close of ${formatDay(open.day)}`}
          hint="As Markdown, for a journal or a message."
          text={open.text}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const figureOf = (value: string | null): Figure =>
  value === null
    ? { kind: 'none', value: null, reason: 'no close with P&L' }
    : { kind: 'value', value };

function Day({ close, onShow }: { close: DailyClose; onShow: () => void }) {
  const isPrivate = usePrivacy();
  const { day, pnl, closes, alerts, open, openWorstCase } = close;
  const worst =
    openWorstCase === null
      ? ''
      : `, worst case ${isPrivate ? hiddenAmount : formatMoney(openWorstCase)}`;
  return (
    <li className="daily-close">
      <h2>{formatDay(day)}</h2>
      <FigureValue figure={figureOf(pnl)} unit="pnl" tone="pnl" />
      <p>
        {plural(closes, 'close')} · {outcomesText(close)}
      </p>
      <p className="dim">{`${formatCount(open)} left open${worst}`}</p>
      <p className="dim" title={limitsText(close)}>
        {limitsText(close)}
      </p>
      <p className="dim" title={alerts.map(({ title }) => title).join('\n')}>
        {alerts.length === 0 ? 'no alert' : plural(alerts.length, 'alert')}
      </p>
      <button
        type="button"
        className="action"
        aria-label={`Copy as Markdown: the close of ${formatDay(day)}`}
        onClick={onShow}
      >
        Copy as Markdown
      </button>
    </li>
  );
}

const limitsText = ({ limits }: DailyClose): string =>
  limits
    .flatMap(({ name, share }) =>
      share === null ? [] : [`${formatText(name)} ${formatPercent(share, 0)}`],
    )
    .join(' · ');
