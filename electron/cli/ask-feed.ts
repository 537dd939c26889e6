import * as z from 'zod/mini';
import { feedAlertsSchema } from '../../shared/feed.ts';
import { type MonitorState, monitorStateSchema } from '../../shared/monitor-state.ts';

/** What somebody who watches says of its alerts. */
export interface WatchedAlerts {
  readonly state: MonitorState;
  readonly alerts: z.infer<typeof feedAlertsSchema>;
}

/** The feed did not answer with what was asked; the message goes on "…, for". */
export class FeedAskError extends Error {
  override readonly name = 'FeedAskError';
}

const answerMs = 5000;
const stateAnswerSchema = z.object({ ok: z.literal(true), value: monitorStateSchema });

/** Asks a feed on this machine for the alerts of now; rejects with a {@link FeedAskError}. */
export async function askFeed(address: string, token: string): Promise<WatchedAlerts> {
  const [alerts, state] = await Promise.all([
    ask(address, '/v1/alerts', token, feedAlertsSchema),
    ask(address, '/v1/calls/monitor.state', token, stateAnswerSchema),
  ]);
  return { alerts, state: state.value };
}

async function ask<T>(
  address: string,
  path: string,
  token: string,
  schema: z.ZodMiniType<T>,
): Promise<T> {
  const answer = await tried(() =>
    fetch(new URL(path, address), {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    }),
  );
  if (!answer.ok) throw new FeedAskError(`its feed answers ${answer.status}`);
  const read = schema.safeParse(await tried(() => answer.json()));
  if (!read.success) throw new FeedAskError('its feed speaks another version');
  return read.data;
}

async function tried<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new FeedAskError('its feed does not answer', { cause });
  }
}
