import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { clockText } from '../../../shared/alerts/words.ts';
import { useTelling } from '../../client/alerts-context.tsx';
import { alertsPage } from '../../views/alerts-page.ts';
import type { InboxEntry } from './inbox-entries.ts';
import { SeverityMark } from './severity-mark.tsx';

interface Props {
  entries: readonly InboxEntry[];
  chosenId: string | null;
}

/** One list for the keyboard: the arrows choose, Enter goes to what was chosen. */
export function InboxList({ entries, chosenId }: Props) {
  const list = useRef<HTMLDivElement>(null);
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
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (entries.length === 0) return null;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      className="inbox-list"
      data-testid="inbox-list"
      aria-label="Alerts"
      tabIndex={0}
      aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry, index) => (
        <Row
          key={entry.episode.id}
          {...{ id: `${id}-${index}`, entry, isChosen: index === active }}
          onChoose={() => choose(index)}
        />
      ))}
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
  const { episode, alert, title, remark } = entry;
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
      <bdi className="inbox-title" title={title}>
        {title}
      </bdi>
      <span className="inbox-remark" title={remark}>
        {alert === null ? null : <b>Now · </b>}
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
