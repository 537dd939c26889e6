/** A port for the feed, null where the settings decide, or why it cannot be one. */
type FeedPort =
  | { readonly ok: true; readonly port: number | null }
  | { readonly ok: false; readonly message: string };

const highestPort = 65_535;

/** Reads `PLUMBLINE_FEED_PORT`, which switches the feed on whatever the settings say; 0 takes any free port. */
export function feedPort(text: string | undefined): FeedPort {
  if (text === undefined || text === '') return { ok: true, port: null };
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= highestPort) return { ok: true, port };
  return {
    ok: false,
    message: `PLUMBLINE_FEED_PORT is no port from 0 to ${highestPort}; the settings decide on the feed.`,
  };
}
