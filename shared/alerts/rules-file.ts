import * as z from 'zod/mini';
import { formatText } from '../format.ts';
import type { ImportResult } from './alerts-state.ts';
import { checkRule } from './check-rule.ts';
import { type Rule, ruleName, ruleSchema } from './rule.ts';
import { ruleDifferences } from './rule-differences.ts';

/** What an import would come to: nothing of it is done yet. */
export interface ImportPlan {
  readonly result: ImportResult;
  /** All rules afterwards: those that there were, changed in their places, then the new ones. */
  readonly rules: Rule[];
}

/** Entries of a file that are read, or one sentence why none are. */
type Entries = { readonly kind: 'read'; readonly entries: readonly unknown[] } | NotRead;
type NotRead = { readonly kind: 'not-read'; readonly why: string };

const knownVersion = 1;
const mostCharacters = 1024 * 1024;
const mostProblems = 20;

/** The rules as versioned JSON: always the same keys in the same order. */
export const exportRules = (rules: readonly Rule[]): string =>
  `${JSON.stringify({ version: knownVersion, rules: rules.map(inOrder) }, null, 2)}\n`;

// A schema hands its keys on in its own order.
const inOrder = (rule: Rule): Rule => z.parse(ruleSchema, rule);

/**
 * What importing a text does to the rules that there are. It adds and changes rules, by their ids, and
 * deletes none. A rule with a problem is left out and named; of two with one id the first is taken.
 */
export function planImport(text: string, current: readonly Rule[]): ImportPlan {
  const read = readEntries(text);
  if (read.kind === 'not-read') return planOf({ taken: [], problems: [read.why] }, current);
  return planOf(takenFrom(read.entries, current), current);
}

function readEntries(text: string): Entries {
  const notRead = (why: string): NotRead => ({ kind: 'not-read', why });
  if (text.length > mostCharacters)
    return notRead('The text is over 1 MB, which no list of rules is: choose another file.');
  const json = parse(text.replace(/^\ufeff/, ''));
  if (json === undefined)
    return notRead('The text is no JSON: choose a file that Plumbline exported.');
  const file = z.safeParse(
    z.object({ version: z.optional(z.unknown()), rules: z.optional(z.unknown()) }),
    json,
  );
  if (!file.success || !Array.isArray(file.data.rules))
    return notRead('The text holds no list of rules: choose a file that Plumbline exported.');
  const { version, rules } = file.data;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return notRead('The text does not say of which version it is: choose a file with one.');
  if (version > knownVersion)
    return notRead(
      `The rules are of version ${version}, and this Plumbline knows ${knownVersion}: update Plumbline first.`,
    );
  return { kind: 'read', entries: rules };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface Taken {
  readonly taken: readonly Rule[];
  readonly problems: readonly string[];
}

/** A rule and the place that it has in the text. */
interface Placed {
  readonly rule: Rule;
  readonly index: number;
}

function takenFrom(entries: readonly unknown[], current: readonly Rule[]): Taken {
  const problems: string[] = [];
  const sound: Placed[] = [];
  entries.forEach((entry, index) => {
    const problem = entryProblem(entry, index, sound);
    if (problem === null) sound.push({ rule: z.parse(ruleSchema, entry), index });
    else problems.push(problem);
  });
  // What the import changes no longer stands in the way of another rule of the same meaning.
  const staying = current.filter(({ id }) => !sound.some(({ rule }) => rule.id === id));
  const taken: Rule[] = [];
  for (const placed of sound) {
    const problem = ruleProblem(placed, [...staying, ...taken]);
    if (problem === null) taken.push(placed.rule);
    else problems.push(problem);
  }
  return { taken, problems };
}

/** What keeps an entry from being taken whatever the other rules are. */
function entryProblem(entry: unknown, index: number, before: readonly Placed[]): string | null {
  const read = z.safeParse(ruleSchema, entry);
  if (!read.success) return leftOut(index, entry, shapeText(read.error.issues[0]?.path ?? []));
  const rule = read.data;
  if (before.some((placed) => placed.rule.id === rule.id))
    return leftOut(index, entry, 'its id stands in the text twice');
  return ruleProblem({ rule, index }, []);
}

function ruleProblem({ rule, index }: Placed, others: readonly Rule[]): string | null {
  const [first] = checkRule(rule, others);
  return first === undefined ? null : `${namedEntry(index, rule)} is left out. ${first.message}`;
}

const leftOut = (index: number, entry: unknown, why: string): string =>
  `${namedEntry(index, entry)} is left out: ${why}.`;

const shapeText = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'it is no rule'
    : `its ${path.map(String).join('.')} is missing or no such value`;

function namedEntry(index: number, entry: unknown): string {
  const named = z.safeParse(z.object({ name: z.optional(z.string()), id: z.string() }), entry);
  if (!named.success) return `Rule ${index + 1}`;
  const { name = '', id } = named.data;
  return `Rule ${index + 1} (“${formatText(name === '' ? id : name, 80)}”)`;
}

function planOf({ taken, problems }: Taken, current: readonly Rule[]): ImportPlan {
  const known = new Map(current.map((rule) => [rule.id, rule]));
  const added = taken.filter(({ id }) => !known.has(id));
  const changed = taken.flatMap((rule) => {
    const before = known.get(rule.id);
    const what = before === undefined ? [] : ruleDifferences(before, rule);
    return what.length === 0 ? [] : [{ name: shownName(rule), what }];
  });
  const after = new Map(taken.map((rule) => [rule.id, rule]));
  return {
    result: {
      ...{ problems: few(problems), added: added.map(shownName), changed },
      unchanged: taken.length - added.length - changed.length,
    },
    rules: [...current.map((rule) => after.get(rule.id) ?? rule), ...added],
  };
}

const shownName = (rule: Rule): string => formatText(ruleName(rule), 80);

/** A text of something else altogether would fill the screen. */
const few = (problems: readonly string[]): string[] =>
  problems.length <= mostProblems
    ? [...problems]
    : [...problems.slice(0, mostProblems), `${problems.length - mostProblems} more of this kind.`];
