import { formatCount } from '../../shared/format.ts';
import type { Settings, SettingsState } from '../../shared/settings.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { ConnectionProfile } from '../ledger/connection-profile.ts';
import { freeSlots, slotsToSpare } from '../ledger/server-health.ts';
import type { Found } from './check-network.ts';
import { versionText } from './report-text.ts';
import { nameText, plural } from './report-words.ts';

type Server = Snapshot['server'];

/** Which server it is. */
export function serverFound({ versionNum, standby }: Server): Found {
  const version = `PostgreSQL ${versionText(versionNum)}`;
  if (!standby) return { state: 'ok', sentence: `${version}, a primary.` };
  return { state: 'ok', sentence: `${version}, a standby: figures are as far as it has replayed.` };
}

/** The relation and its columns were there and all figures could be read. */
export const relationsFound = ({ counts }: Snapshot, { relations }: Settings): Found => ({
  state: 'ok',
  sentence: `${nameText(relations.paperTrades)} has every column, and ${plural(counts.all, 'row')}.`,
});

/** What the role may do beyond reading. */
export function privilegesFound({ roleCanWrite }: Server, { user }: ConnectionProfile): Found {
  const role = `The role "${nameText(user)}"`;
  if (!roleCanWrite) return { state: 'ok', sentence: `${role} may read the ledger and not write.` };
  return {
    state: 'warning',
    sentence: `${role} could write to the ledger; Plumbline never does.`,
    remedy: 'docs/sql/read-only-role.sql makes a role that can only read.',
  };
}

/** How many connections are left for others. */
export function slotsFound(server: Server): Found {
  const free = freeSlots(server);
  const sentence = `${formatCount(free)} of ${plural(server.maxConnections, 'connection')} free`;
  if (free >= slotsToSpare(server)) return { state: 'ok', sentence: `${sentence}.` };
  return {
    state: 'warning',
    sentence: `${sentence}: Plumbline keeps to one and asks less often.`,
    remedy: 'Raise max_connections, or close what is idle.',
  };
}

/** Whether the settings file is understood. */
export function settingsFound({ warnings, path }: SettingsState): Found {
  if (warnings.length === 0) return { state: 'ok', sentence: `Nothing to mend in ${path}.` };
  return {
    state: 'warning',
    sentence: warnings.join(' '),
    remedy: `docs/settings.md lists what ${path} may hold.`,
  };
}
