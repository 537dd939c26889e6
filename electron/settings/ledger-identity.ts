import type { MonitorState } from '../../shared/monitor-state.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';

/** Name, label and address that a ledger goes by. */
export type LedgerIdentity = MonitorState['profile'];

/** What the demo goes by, whatever the settings say. */
export const demoIdentity: LedgerIdentity = {
  ...{ name: 'demo', label: 'DEMO' },
  host: 'the embedded server',
};

/** By the name and label of the settings; the demo cannot pass for anything else. */
export function namedBySettings(
  identity: LedgerIdentity,
  { profile: wished }: Settings,
): LedgerIdentity {
  if (identity.label === 'DEMO') return identity;
  return { ...identity, name: wished.name ?? identity.name, label: wished.label };
}

/** The settings name the relations of somebody's ledger; the demo's have their own. */
export const demoSettings = (settings: Settings): Settings => ({
  ...settings,
  relations: defaultSettings.relations,
});

/** Tells one ledger from another, whatever it is called: what is remembered of it belongs to it alone. */
export const ledgerName = (
  { label, host, name }: LedgerIdentity,
  { relations }: Settings,
): string => (label === 'DEMO' ? 'demo' : `${host}/${name}/${relations.paperTrades}`);
