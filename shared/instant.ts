/**
 * Milliseconds since 1970 of an instant of the contract, null when it lies outside what a Date can
 * hold. PostgreSQL knows years of five and six digits, which a Date reads with a sign only.
 */
export function instantMs(instant: string): number | null {
  const yearDigits = instant.indexOf('-');
  const readable =
    yearDigits > 4 ? `+${instant.padStart(instant.length + 6 - yearDigits, '0')}` : instant;
  const ms = Date.parse(readable);
  return Number.isNaN(ms) ? null : ms;
}
