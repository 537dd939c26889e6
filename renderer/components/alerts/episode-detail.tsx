import { useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import type { Episode } from '../../../shared/alerts/episode.ts';
import { kindOf } from '../../../shared/alerts/rule.ts';
import {
  clockText,
  endWords,
  orderText,
  type Telling,
  thresholdText,
  valueText,
} from '../../../shared/alerts/words.ts';
import { formatText, formatTime } from '../../../shared/format.ts';
import { useTelling } from '../../client/alerts-context.tsx';
import { alertsPage } from '../../views/alerts-page.ts';
import { Acts } from '../acts.tsx';
import { useAlertChoices } from './alert-actions.ts';
import { deliveryWords, shownTitle } from './alert-words.ts';
import { SeverityMark } from './severity-mark.tsx';
import { SnoozeMenu } from './snooze-menu.tsx';

interface Props {
  episode: Episode;
  state: AlertsState;
}

/** All that is known of one episode, and what can be done about it. */
export function EpisodeDetail({ episode, state }: Props) {
  const telling = useTelling();
  const title = shownTitle(episode, telling);
  return (
    <section className="episode" data-testid="episode" aria-labelledby="episode-heading">
      <h2 id="episode-heading" tabIndex={-1}>
        <bdi>{title}</bdi>
      </h2>
      <p className="episode-kind">
        <SeverityMark severity={episode.severity} />
        <span className="dim">{formatText(episode.name)}</span>
      </p>
      {episode.plan === '' ? null : (
        <p className="plan">
          <span className="dim">What to do: </span>
          <bdi>{formatText(episode.plan, 500)}</bdi>
        </p>
      )}
      <Orders episode={episode} telling={telling} />
      <Edges {...{ episode, telling }} now={valueNow(episode, state)} />
      <Acts>
        <Choices episode={episode} state={state} title={title} />
      </Acts>
      <Deliveries episode={episode} telling={telling} />
    </section>
  );
}

/** The orders that an event is about, newest first. */
function Orders({ episode, telling }: { episode: Episode; telling: Telling }) {
  if (episode.orders.length === 0) return null;
  const texts = episode.orders.map((order) => orderText(order, telling));
  const more = Number(episode.start.value ?? 1) - texts.length;
  return (
    <ul className="episode-orders">
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two orders may read the same, and none moves.
        <li key={index}>
          <bdi>{text}</bdi>
        </li>
      ))}
      {more > 0 ? <li className="dim">{`and ${more} more`}</li> : null}
    </ul>
  );
}

/** The value of now of what lasts; null where it is over, or not known. */
const valueNow = ({ id, end }: Episode, { current }: AlertsState): string | null =>
  end === null ? (current.find(({ episode }) => episode.id === id)?.value ?? null) : null;

interface EdgesProps {
  episode: Episode;
  telling: Telling;
  now: string | null;
}

function Edges({ episode, telling, now }: EdgesProps) {
  const edge = ({ at, value }: Episode['start']): string => {
    // Of events that are counted one alone needs no number.
    const isOne = episode.threshold === null && value === '1';
    const text =
      value === null || isOne ? '' : valueText(episode.kind, value, telling.hidesAmounts);
    return `${text === '' ? '' : `${text} at `}${clockText(at, telling)}`;
  };
  const { start, worst, end, threshold, snapshotId, isLate, day } = episode;
  const isEvent = kindOf(episode).isEvent;
  const lines: readonly (readonly [string, string])[] = [
    [isEvent ? 'Happened' : 'Start', `${edge(start)}${isLate ? ', found late' : ''}`],
    ...(isEvent
      ? []
      : ([
          ['Worst', edge(worst)],
          ...nowOf(episode, now, telling),
          ['End', end === null ? 'it lasts' : endOf(episode, edge(end), telling)],
        ] as const)),
    ...(threshold === null
      ? []
      : ([['Line', thresholdText(episode, telling.hidesAmounts)]] as const)),
    ...(day === null ? [] : ([['Trading day', day]] as const)),
    ...seenIn(snapshotId, telling),
  ];
  return (
    <dl className="episode-facts">
      {lines.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function nowOf(
  { kind }: Episode,
  now: string | null,
  { hidesAmounts }: Telling,
): (readonly [string, string])[] {
  const text = now === null ? '' : valueText(kind, now, hidesAmounts);
  return text === '' ? [] : [['Now', text]];
}

/** When the figures were read that it was seen in; alerts on the connection rest on none. */
function seenIn(snapshotId: string, { zone }: Telling): (readonly [string, string])[] {
  const at = /\S+Z$/.exec(snapshotId)?.[0];
  return at === undefined ? [] : [['Seen in the figures of', formatTime(at, zone)]];
}

/** With its value where the words of the end do not hold it. */
const endOf = (episode: Episode, edge: string, telling: Telling): string =>
  episode.endReason === 'recovered' ? `${edge}, recovered` : endWords(episode, telling) || edge;

function Choices({ episode, state, title }: Props & { title: string }) {
  const { snooze } = useAlertChoices();
  const hasRule = state.rules.some(({ rule }) => rule.id === episode.ruleId);
  const { acked } = episode;
  const telling = useTelling();
  return (
    <>
      {acked === null ? (
        <Acknowledge episode={episode} />
      ) : (
        <p className="acked">
          Acknowledged at {clockText(acked.at, telling)} ({formatText(acked.by)})
          {acked.note === '' ? '' : `: ${formatText(acked.note, 500)}`}
        </p>
      )}
      <div className="buttons">
        <SnoozeMenu
          what={title}
          of={episode.end === null ? 'alert' : 'event'}
          onSnooze={(span) => snooze(episode.id, span)}
        />
        {hasRule ? (
          <button
            type="button"
            className="action"
            onClick={() => alertsPage.go({ dialog: { kind: 'editor', ruleId: episode.ruleId } })}
          >
            Edit its rule
          </button>
        ) : null}
      </div>
    </>
  );
}

function Acknowledge({ episode }: { episode: Episode }) {
  const { ack } = useAlertChoices();
  const [note, setNote] = useState('');
  return (
    <form
      className="acknowledge"
      onSubmit={(event) => {
        event.preventDefault();
        ack(episode.id, note.trim());
      }}
    >
      <label>
        <span className="visually-hidden">Note</span>
        <input
          type="text"
          maxLength={500}
          placeholder="Note, if you like"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="action">
        Acknowledge
      </button>
    </form>
  );
}

function Deliveries({ episode, telling }: { episode: Episode; telling: Telling }) {
  return (
    <>
      <h3>What was told</h3>
      {episode.deliveries.length === 0 ? (
        <p className="note">Nothing yet.</p>
      ) : (
        <ul className="deliveries">
          {episode.deliveries.map((delivery) => (
            <li key={`${delivery.what} ${delivery.at} ${delivery.how}`}>
              {deliveryWords(delivery, telling)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
