import { shownValue } from './shown-value.ts';

/** What stands in the file: keys and values as they were written, unknown ones too. */
export type Document = Readonly<Record<string, unknown>>;

/** Takes a document of one version to the next. */
export type Migration = (document: Document) => Document;

/** The first entry leads from version 1 to 2, the second from 2 to 3. */
const migrations: readonly Migration[] = [];

/** The version that this Plumbline writes. */
export const knownVersion = migrations.length + 1;

/** A document in the shape of the known version. */
export interface Migrated {
  readonly document: Document;
  /** Of a later Plumbline: it is read as far as it is understood, and never overwritten. */
  readonly isNewer: boolean;
  readonly warnings: readonly string[];
}

/** Whether a JSON value is a group of keys. */
export const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Leads a document of an older version up to the known one. */
export function migrate(document: Document, steps: readonly Migration[] = migrations): Migrated {
  const known = steps.length + 1;
  const version = document.version ?? 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const warning = `settings.json: version ${shownValue(version)} is no version; ${known} is used.`;
    return { document, isNewer: false, warnings: [warning] };
  }
  if (version > known) {
    const warning = `settings.json: version ${version} is newer than this Plumbline knows (${known}); what is understood is used, and the file is never written.`;
    return { document, isNewer: true, warnings: [warning] };
  }
  const migrated = steps.slice(version - 1).reduce((before, step) => step(before), document);
  return { document: { ...migrated, version: known }, isNewer: false, warnings: [] };
}
