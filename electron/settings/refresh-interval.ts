/** A wished interval, or why it cannot be one. */
type Interval =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly message: string };

/** Bounds of `PLUMBLINE_REFRESH_MS`, and what holds without it, in milliseconds. */
export const intervalLimits = { least: 250, most: 60 * 1000, usual: 1000 } as const;

/** Reads `PLUMBLINE_REFRESH_MS`: a whole number of milliseconds within the limits. */
export function refreshInterval(text: string | undefined): Interval {
  const { least, most, usual } = intervalLimits;
  if (text === undefined || text === '') return { ok: true, ms: usual };
  const ms = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (ms >= least && ms <= most) return { ok: true, ms };
  return {
    ok: false,
    message: `PLUMBLINE_REFRESH_MS is not a whole number from ${least} to ${most}. The interval is ${usual} ms.`,
  };
}
