import type { TestLedger } from './test-ledger.ts';

/** Stops the server in its tracks: no backend answers, and no new one comes. Returns the way back. */
export async function standStill({ server, backends }: TestLedger): Promise<() => void> {
  const postmaster = server.pid();
  if (postmaster === null) throw new Error('The server is not running');
  const pids = [postmaster, ...(await backends())];
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}
