import type pg from 'pg';
import { backendKeyOf } from './cancel.ts';

/** How long a backend whose socket was destroyed unanswered may still count against the budget. */
const abandonedMs = 60 * 1000;

/** Backends whose socket was destroyed unanswered: the server may not have noticed yet. */
export function createAbandoned() {
  let list: { readonly processId: number; readonly at: number }[] = [];
  const count = (): number => {
    list = list.filter(({ at }) => performance.now() - at < abandonedMs);
    return list.length;
  };
  return {
    count,
    add: (client: pg.PoolClient): void => {
      const key = backendKeyOf(client);
      if (key !== null) list.push({ processId: key.processId, at: performance.now() });
    },
    /** Ends them at the server and forgets those that are gone. */
    reap: async (client: pg.PoolClient): Promise<void> => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid, pg_terminate_backend(pid) from pg_stat_activity
         where pid = any($1) and application_name = 'plumbline' and usename = current_user`,
        [list.map(({ processId }) => processId)],
      );
      const alive = new Set(rows.map(({ pid }) => pid));
      list = list.filter(({ processId }) => alive.has(processId));
    },
  };
}
