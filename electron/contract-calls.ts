import type * as z from 'zod/mini';
import { contract, type Handlers } from '../shared/contract.ts';
import type { CallError, Result } from '../shared/result.ts';
import { NotAvailableError } from './monitor/not-available.ts';

/** Takes what a person must not read: the exception behind an `internal` error. */
export type CallLog = (message: string, error: unknown) => void;

/** One call of the contract, with the handler behind it. */
export interface ContractCall {
  /** `group.name`, from the contract alone. */
  readonly channel: string;
  /** Checks the payload, asks the handler, checks what it says. Never rejects. */
  answer(payload: unknown): Promise<Result<unknown>>;
}

export const failed = (code: CallError['code'], message: string): Result<never> => ({
  ok: false,
  error: { code, message },
});

export const badRequest = failed(
  'bad-request',
  'The request was not understood. Nothing was done.',
);

const internal = failed(
  'internal',
  'Something went wrong inside Plumbline. Its log has the cause.',
);

/** Every call of the contract, in its order, whatever way it comes. */
export function contractCalls(handlers: Handlers, log: CallLog): ContractCall[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries).flatMap(([name, entry]) => {
      if (entry.kind !== 'call') return [];
      const own: object = Reflect.get(handlers, group);
      const handler: unknown = Reflect.get(own, name);
      if (typeof handler !== 'function') throw new Error(`No handler for ${group}.${name}.`);
      const handle = (payload: unknown): unknown => Reflect.apply(handler, own, [payload]);
      const channel = `${group}.${name}`;
      const answer = (payload: unknown) => answerOf({ ...entry, channel, handle, log }, payload);
      return [{ channel, answer }];
    }),
  );
}

interface Asked {
  readonly channel: string;
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
  readonly handle: (payload: unknown) => unknown;
  readonly log: CallLog;
}

async function answerOf(asked: Asked, payload: unknown): Promise<Result<unknown>> {
  try {
    const input = asked.input.safeParse(payload);
    if (!input.success) return badRequest;
    // The output is parsed too: what the contract does not name stays in this process.
    return { ok: true, value: asked.output.parse(await asked.handle(input.data)) };
  } catch (error) {
    // What the caller is to read; any other exception is told to the log alone.
    if (error instanceof NotAvailableError) return failed(error.code, error.message);
    asked.log(`The call ${asked.channel} failed.`, error);
    return internal;
  }
}
