import { basename } from 'node:path';
import type { Handlers } from '../../shared/contract.ts';
import { viewCalls } from '../../shared/feed.ts';
import type { Result } from '../../shared/result.ts';
import { badRequest, type CallLog, type ContractCall, contractCalls } from '../contract-calls.ts';
import { parseJson } from '../settings/json-file.ts';

/** The calls of the contract that only tell, by their channels: what a browser view may ask. */
export function viewCallsOf(handlers: Handlers, log: CallLog): ReadonlyMap<string, ContractCall> {
  const all = contractCalls(discreet(handlers), log);
  const allowed: ReadonlySet<string> = new Set(viewCalls);
  return new Map(
    all.filter((call) => allowed.has(call.channel)).map((call) => [call.channel, call]),
  );
}

/** Asks a call with the payload that an address carries, as JSON. */
export async function answerCall(
  call: ContractCall,
  query: URLSearchParams,
): Promise<Result<unknown>> {
  const text = query.get('payload');
  if (text === null) return call.answer(undefined);
  const payload = parseJson(text);
  return payload === undefined ? badRequest : call.answer(payload);
}

/** Where alerts are sent and where files lie is nobody's business outside of the workstation's window. */
function discreet(handlers: Handlers): Handlers {
  const { alerts, settings } = handlers;
  return {
    ...handlers,
    alerts: {
      ...alerts,
      state: async () => {
        const state = await alerts.state();
        const webhook = { ...state.delivery.webhook, url: '' };
        return { ...state, delivery: { ...state.delivery, webhook } };
      },
    },
    settings: {
      setAppearance: (changes) => settings.setAppearance(changes),
      state: async () => {
        const state = await settings.state();
        return { ...state, path: basename(state.path) };
      },
    },
  };
}
