import { createHash } from 'node:crypto';
import type pg from 'pg';

/** The server keeps a plan of each on the connection: a few dozen texts recur, odd ones do not matter. */
const mostNames = 100;

/**
 * The same client, on which each statement is parsed and planned once: planning our statements takes
 * the server longer than running them on the few rows that changed. Statements are named by their text.
 */
export function planningOnce(client: pg.PoolClient): pg.PoolClient {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    // Several statements in one message cannot be prepared.
    if (known !== undefined || names.size >= mostNames || text.includes(';')) return known;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    names.set(text, name);
    return name;
  };
  const query = (config: unknown, ...values: unknown[]): unknown => {
    const name = isStatement(config) ? nameOf(config.text) : undefined;
    const named = name === undefined ? config : { ...Object(config), name };
    return Reflect.apply(client.query, client, [named, ...values]);
  };
  return new Proxy(client, {
    get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)),
  });
}

const isStatement = (config: unknown): config is { readonly text: string } =>
  typeof config === 'object' &&
  config !== null &&
  'text' in config &&
  typeof config.text === 'string';
