import { basename } from 'node:path';
import type { Handlers } from '../../shared/contract.ts';
import { viewCalls } from '../../shared/feed.ts';
import type { Result } from '../../shared/result.ts';
import { badRequest, type CallLog, type ContractCall, contractCalls } from '../contract-calls.ts';
import { parseJson } from '../settings/json-file.ts';

/** The calls of the contract that only tell, by their channels: what a browser view may ask. */
export function viewCallsOf(
  handlers: Handlers,
  home: string,
  log: CallLog,
): ReadonlyMap<string, ContractCall> {
  const all = contractCalls(discreet(handlers, home), log);
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
function discreet(handlers: Handlers, home: string): Handlers {
  const { alerts, settings } = handlers;
  // Sentences on files that were put aside name where they lie.
  const withoutHome = (sentences: readonly string[]): string[] =>
    sentences.map((sentence) => sentence.replaceAll(home, 'PLUMBLINE_HOME'));
  return {
    ...handlers,
    alerts: {
      ...alerts,
      state: async () => {
        const { delivery, warnings, ...rest } = await alerts.state();
        const webhook = { ...delivery.webhook, url: '' };
        return { ...rest, delivery: { ...delivery, webhook }, warnings: withoutHome(warnings) };
      },
    },
    settings: {
      ...settings,
      state: async () => {
        const state = await settings.state();
        const warnings = withoutHome(state.warnings);
        return { ...state, warnings, path: basename(state.path) };
      },
    },
  };
}
