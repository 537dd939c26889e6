import { basename, join } from 'node:path';
import type { AlertFiles } from '../alerts/alert-files.ts';
import { readRules, readState, type StoredRead } from '../alerts/read-stored.ts';
import { noRules, noState } from '../alerts/stored-alerts.ts';
import { parseJson } from '../settings/json-file.ts';
import { type Document, isDocument } from '../settings/settings-migrations.ts';
import { codeOf, readText } from '../settings/whole-file.ts';
import { UsageError } from './command-io.ts';

const knownVersion = 1;

/** What is kept of alerts, for a look at it. */
export interface KeptAlerts {
  /** Keeps nothing: what is saved is forgotten. */
  readonly files: AlertFiles;
  /** One sentence for each thing that was left out. */
  readonly warnings: readonly string[];
}

/**
 * Reads the rules and the state of a home and writes nothing there: what cannot be used stays where it lies.
 * Rules that cannot be read are a {@link UsageError}, for alerts without them would look quiet; a state that
 * cannot is a warning, for rules begin anew without one.
 */
export async function readKeptAlerts(home: string, isDemo: boolean): Promise<KeptAlerts> {
  const rulesRead = await documentAt(join(home, 'alert-rules.json'));
  if (rulesRead.kind === 'unusable') throw new UsageError(rulesRead.why);
  const stateRead = await documentAt(
    join(home, isDemo ? 'alert-state-demo.json' : 'alert-state.json'),
  );
  const lost = stateRead.kind === 'unusable' ? [`${stateRead.why} The rules begin anew.`] : [];
  const rules = understood(rulesRead, readRules, noRules);
  const state = understood(stateRead, readState, noState);
  const warnings = [...lost, ...rules.sentences, ...state.sentences];
  const files: AlertFiles = {
    rules: () => rules.value,
    state: () => state.value,
    warnings: () => warnings,
    saveRules: async () => undefined,
    saveState: async () => undefined,
  };
  return { files, warnings };
}

type ReadDocument =
  | { readonly kind: 'document'; readonly name: string; readonly document: Document }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly why: string };

async function documentAt(path: string): Promise<ReadDocument> {
  const name = basename(path);
  let text: string | null;
  try {
    text = await readText(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return { kind: 'unusable', why: `${path} cannot be read (${String(code)}).` };
  }
  if (text === null) return { kind: 'absent' };
  // Some editors put a byte order mark first, which JSON does not know.
  const document = parseJson(text.replace(/^\ufeff/, ''));
  if (isDocument(document)) return { kind: 'document', name, document };
  return { kind: 'unusable', why: `${path} could not be understood: it is no JSON document.` };
}

function understood<T>(
  read: ReadDocument,
  reader: (document: Document) => StoredRead<T>,
  defaults: T,
): StoredRead<T> {
  if (read.kind !== 'document') return { value: defaults, sentences: [] };
  const { version } = read.document;
  const { value, sentences } = reader(read.document);
  const isNewer = typeof version === 'number' && version > knownVersion;
  const newer = `it is of version ${version}, newer than this Plumbline knows; what is understood is used.`;
  const all = [...(isNewer ? [newer] : []), ...sentences];
  return { value, sentences: all.map((sentence) => `${read.name}: ${sentence}`) };
}
