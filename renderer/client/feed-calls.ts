import * as z from 'zod/mini';
import { feedErrorSchema, viewCalls } from '../../shared/feed.ts';
import { type CallError, callErrorCodes, type Result } from '../../shared/result.ts';

/** `fetch`, of a path of the feed. */
export type FetchFeed = (path: string, init: RequestInit) => Promise<Response>;

/** What every request to the feed needs. */
export interface FeedAccess {
  readonly fetch: FetchFeed;
  readonly token: string;
}

/** What a page says that was loaded before Plumbline was replaced by another version. */
export const otherVersion =
  'Plumbline is of another version than this page. Reload the page to go on.';

const answersWithinMs = 30 * 1000;

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.enum(callErrorCodes),
      message: z.string(),
    }),
  }),
]);

const failed = (code: CallError['code'], message: string): Result<never> => ({
  ok: false,
  error: { code, message },
});

const onlyShows = failed(
  'forbidden',
  'The browser view only shows. Do this in Plumbline at the workstation.',
);
const noAnswer = failed('internal', 'Plumbline did not answer.');

const isViewCall = (channel: string): boolean => viewCalls.some((each) => each === channel);

/** The header that says who asks: a token never stands in an address. */
export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** One call of the contract. */
export interface FeedQuestion<T extends z.ZodMiniType> {
  readonly channel: string;
  readonly output: T;
  readonly payload: unknown;
}

/** Makes a call by the feed and checks its answer; never rejects. `onRefused` hears of a token that is not known. */
export async function askFeed<T extends z.ZodMiniType>(
  { fetch, token }: FeedAccess,
  { channel, output, payload }: FeedQuestion<T>,
  onRefused: () => void,
): Promise<Result<z.infer<T>>> {
  if (!isViewCall(channel)) return onlyShows;
  const query =
    payload === undefined ? '' : `?payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const response = await orNull(
    fetch(`/v1/calls/${channel}${query}`, {
      ...{ headers: bearer(token), cache: 'no-store' },
      signal: AbortSignal.timeout(answersWithinMs),
    }),
  );
  if (response === null) return noAnswer;
  if (response.status === 401) onRefused();
  if (!response.ok) return failed('internal', await refusalOf(response));
  const answer = answerSchema.safeParse(await orNull(response.json()));
  if (!answer.success) return failed('internal', otherVersion);
  if (!answer.data.ok) return answer.data;
  const value = output.safeParse(answer.data.value);
  return value.success ? { ok: true, value: value.data } : failed('internal', otherVersion);
}

/** What Plumbline said when it would not answer. */
export async function refusalOf(response: Response): Promise<string> {
  const refusal = feedErrorSchema.safeParse(await orNull(response.json()));
  return refusal.success ? refusal.data.error.message : `Plumbline answered ${response.status}.`;
}

/** Null for what broke on its way: the browser's words for that mean nothing to a person. */
export const orNull = <T>(promise: Promise<T>): Promise<T | null> => promise.catch(() => null);
