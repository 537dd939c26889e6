/** Where a text stops being JSON, as an editor counts; `no JSON` where the engine does not tell. */
export function whyNoJson(text: string, error: SyntaxError): string {
  const end = error.message.includes('Unexpected end') ? text.length : null;
  const position = /at position (\d+)/.exec(error.message)?.[1] ?? end;
  if (position === null) return 'no JSON';
  const lines = text.slice(0, Number(position)).split('\n');
  return `no JSON from line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1} on`;
}
