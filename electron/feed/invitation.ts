import { browserName, readTokens, tokenPath } from './token-file.ts';

/** Where the browser view is, as a line: with its token for a terminal alone, and never for a log. */
export async function invitationTo(
  address: string,
  home: string,
  isTerminal: boolean,
): Promise<string> {
  const tokens = await readTokens(home);
  const { token } = tokens.find(({ name }) => name === browserName) ?? tokens[0] ?? {};
  if (isTerminal && token !== undefined) return `Browser view at ${address}/#token=${token}`;
  return `Browser view at ${address}/ (it asks for a token of ${tokenPath(home)})`;
}
