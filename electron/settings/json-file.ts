import type * as z from 'zod/mini';
import { putAside, readText, replaceText, sweepLeftovers } from './whole-file.ts';

/** What a read came upon. */
export type JsonRead<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  /** Not JSON, or not of this shape; it was put aside under another name and nothing is lost. */
  | { readonly kind: 'corrupt'; readonly movedTo: string };

/** A small file that is either the old or the new one, never half of either, also after a crash. */
export interface JsonFile<T> {
  read(): Promise<JsonRead<T>>;
  /** Resolves when the value is on the disk; writes follow each other in the order of the calls. */
  write(value: T): Promise<void>;
}

/** A JSON file of one shape, readable by its owner alone. Its folder must exist. */
export function jsonFile<T>(path: string, schema: z.ZodMiniType<T>): JsonFile<T> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async () => {
      await sweepLeftovers(path);
      const text = await readText(path);
      if (text === null) return { kind: 'absent' };
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return { kind: 'found', value: parsed.data };
      return { kind: 'corrupt', movedTo: await putAside(path) };
    },
    write: (value) => {
      const write = (): Promise<void> => replaceText(path, `${JSON.stringify(value, null, 2)}\n`);
      // After a failed write the next one still gets its turn; the failure went to its own caller.
      const done = last.then(write, write);
      last = done;
      return done;
    },
  };
}

/** The value, or undefined, which no schema of a file takes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
