import type { FeedState } from '../../shared/feed.ts';
import { formatCount } from '../../shared/format.ts';
import { useFeedState } from '../client/feed-state.ts';
import { feedNote } from './feed-words.ts';
import { SystemBlock, SystemLine } from './system-block.tsx';

/** The local feed: whether it is on, where, and who reads it. */
export function FeedPanel() {
  const feed = useFeedState();
  return (
    <SystemBlock title="Local feed">
      {feed?.kind === 'on' ? <Readers feed={feed} /> : <Note feed={feed} />}
    </SystemBlock>
  );
}

const Note = ({ feed }: { feed: Exclude<FeedState, { kind: 'on' }> | null }) => (
  <p className="note" data-testid="system-feed" data-kind={feed?.kind}>
    {feed === null ? '—' : feedNote(feed)}
  </p>
);

function Readers({ feed }: { feed: Extract<FeedState, { kind: 'on' }> }) {
  return (
    <dl>
      <SystemLine
        label="Address"
        testId="system-feed-address"
        text={feed.address}
        meaning="This machine alone can reach it, with a token of feed-tokens.json"
      />
      <SystemLine
        label="Readers"
        testId="system-feed-readers"
        text={formatCount(feed.subscribers)}
        meaning="Streams of events that are open"
      />
      <SystemLine
        label="Cut"
        testId="system-feed-cut"
        text={formatCount(feed.cut)}
        meaning="Readers that were cut off because they did not read"
      />
      <SystemLine
        label="Requests answered · refused"
        testId="system-feed-requests"
        text={`${formatCount(feed.answered)} · ${formatCount(feed.refused)}`}
        meaning="Refused by who they were or how many they were"
      />
    </dl>
  );
}
