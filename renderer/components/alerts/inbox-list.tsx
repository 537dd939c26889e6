import { type KeyboardEvent, type ReactNode, useEffect, useId } from 'react';
import { clockText } from '../../../shared/alerts/words.ts';
import { formatCount } from '../../../shared/format.ts';
import { useTelling } from '../../client/alerts-context.tsx';
import { alertsPage } from '../../views/alerts-page.ts';
import type { InboxEntry } from './inbox-entries.ts';
import { SeverityMark } from './severity-mark.tsx';
import type { HistoryCounts } from './use-history.ts';

interface Props {
  entries: readonly InboxEntry[];
  counts: HistoryCounts | null;
  chosenId: string | null;
}

/** One list for the keyboard: the arrows choose, Enter goes to what was chosen. */
export function InboxList({ entries, counts, chosenId }: Props) {
  const id = useId();
  const active = entries.findIndex(({ episode }) => episode.id === chosenId);
  const choose = (index: number): void => {
    const entry = entries[index];
    if (entry !== undefined) alertsPage.go({ episodeId: entry.episode.id });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') document.getElementById('episode-heading')?.focus();
    const next = nextIndex(event.key, active, entries.length);
    if (next === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== null) choose(next);
  };
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  if (entries.length === 0) return null;
  const firstDone = entries.filter(({ isOpen }) => isOpen).length;
  const rows = (from: number, to: number) =>
    entries.slice(from, to).map((entry, offset) => {
      const index = from + offset;
      return (
        <Row
          key={entry.episode.id}
          {...{ id: `${id}-${index}`, entry, isChosen: index === active }}
          onChoose={() => choose(index)}
        />
      );
    });
  const open = counts?.open ?? firstDone;
  const done = counts === null ? entries.length - firstDone : counts.total - counts.open;
  return (
    <div
      id={id}
      role="listbox"
      className="inbox-list"
      data-testid="inbox-list"
      aria-label="Alerts"
      tabIndex={0}
      aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
      onKeyDown={onKeyDown}
    >
      <Part name="Open" count={open} rows={rows(0, firstDone)} />
      <Part name="Done" count={done} rows={rows(firstDone, entries.length)} />
    </div>
  );
}

interface PartProps {
  name: 'Open' | 'Done';
  count: number;
  rows: readonly ReactNode[];
}

/** What is still to be looked at, or what is done with. */
function Part({ name, count, rows }: PartProps) {
  const id = useId();
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list of options.
    <div role="group" aria-labelledby={id} data-testid={`inbox-${name.toLowerCase()}`}>
      <div id={id} role="presentation" className="inbox-heading">
        {name} <span className="dim">{formatCount(count)}</span>
      </div>
      {rows}
    </div>
  );
}

interface RowProps {
  id: string;
  entry: InboxEntry;
  isChosen: boolean;
  onChoose: () => void;
}

function Row({ id, entry, isChosen, onChoose }: RowProps) {
  const telling = useTelling();
  const { episode, alert, title, about, remark } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list keeps the focus and takes the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      className="inbox-row"
      aria-selected={isChosen}
      data-testid="inbox-row"
      data-current={alert !== null}
      data-acked={episode.acked !== null}
      onClick={onChoose}
    >
      <time dateTime={episode.start.at}>{clockText(episode.start.at, telling)}</time>
      <SeverityMark severity={episode.severity} />
      <span className="inbox-title" title={about === '' ? title : `${title} · ${about}`}>
        <bdi>{title}</bdi>
        {about === '' ? null : <bdi className="alert-about">{about}</bdi>}
      </span>
      <span className="inbox-remark" title={remark}>
        {alert === null || alert.state === 'event' ? null : <b>Lasts · </b>}
        {remark}
      </span>
    </div>
  );
}

/** Where a key moves the choice to; null for keys that do not move it. */
function nextIndex(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
