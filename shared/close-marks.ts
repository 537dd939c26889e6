import * as z from 'zod/mini';
import { instantSchema } from './snapshot.ts';

/** Closes that path rules were evaluated on. */
export const closeMarksSchema = z.object({
  /** The database's clock of the last evaluation. */
  asOf: instantSchema,
  /** A whole millisecond; closes before it are taken as evaluated. */
  from: instantSchema,
  /** A fingerprint of each instant with closes since `from`, oldest first, as base64 of its bytes. */
  points: z.string(),
});

export type CloseMarks = z.infer<typeof closeMarksSchema>;
