import type { FeedState } from '../../shared/feed.ts';
import { plumblineClient } from './bridge.ts';
import { usePolled } from './polled.ts';

/** Where the local feed stands, followed while somebody looks; null before the first answer. */
export const useFeedState = (): FeedState | null => usePolled(askFeed);

const askFeed = () => plumblineClient().feed.state();
