import * as z from 'zod/mini';

/** Exact plain decimal as text: no exponent, no "+", never "-0", trailing zeros trimmed. */
export const decimalSchema = z.string().check(z.regex(/^(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?$/));
