import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { whyNoJson } from './json-place.ts';
import { type Document, isDocument } from './settings-migrations.ts';
import { codeOf, readText } from './whole-file.ts';

/** What stands at the path of the settings. */
export type Look =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly text: string; readonly document: Document }
  /** No JSON, or no group of keys. */
  | { readonly kind: 'corrupt'; readonly text: string; readonly why: string }
  /** It is there, and cannot be read. */
  | { readonly kind: 'unreadable'; readonly why: string };

const mostBytes = 1024 * 1024;
const graceMs = 400;
const mostLooks = 8;

/**
 * What stands there once it is still: whoever saves a file may empty, remove or half-write it for a
 * moment, so only a second look that finds the same is believed when it finds no settings.
 */
export async function lookAtSettings(path: string, wasThere: boolean): Promise<Look> {
  let look = await lookOnce(path);
  for (let looks = 1; looks < mostLooks && isDoubtful(look, wasThere); looks += 1) {
    await delay(graceMs);
    const next = await lookOnce(path);
    if (isSameLook(next, look)) return next;
    look = next;
  }
  return look;
}

/** Whether nothing has changed from one look to the other. */
export function isSameLook(a: Look, b: Look): boolean {
  if (a.kind === 'unreadable') return b.kind === 'unreadable' && a.why === b.why;
  return a.kind === b.kind && textOf(a) === textOf(b);
}

const textOf = (look: Look): string | null => ('text' in look ? look.text : null);

const isDoubtful = ({ kind }: Look, wasThere: boolean): boolean =>
  kind === 'corrupt' || (kind === 'absent' && wasThere);

/** What stands there at this moment. */
export async function lookOnce(path: string): Promise<Look> {
  try {
    const found = await stat(path);
    // Reading a pipe would wait for ever.
    if (!found.isFile()) return { kind: 'unreadable', why: 'it is no file' };
    if (found.size > mostBytes) return { kind: 'unreadable', why: 'it is over 1 MB' };
    const text = await readText(path);
    return text === null ? { kind: 'absent' } : judge(text);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', why: String(code) };
  }
}

function judge(text: string): Look {
  // Some editors put a byte order mark first, which JSON does not know.
  const json = text.replace(/^\ufeff/, '');
  try {
    const document: unknown = JSON.parse(json);
    if (isDocument(document)) return { kind: 'good', text, document };
    return { kind: 'corrupt', text, why: 'it holds no keys within { }' };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'corrupt', text, why: whyNoJson(json, error) };
  }
}
