/** Colours of the equity chart, as the canvas takes them. */
export const inkNames = [
  ...(['equity', 'mark', 'drawdown', 'wash', 'line', 'label'] as const),
  ...(['critical', 'warning', 'info', 'ground'] as const),
] as const;

export type Inks = Readonly<Record<(typeof inkNames)[number], string>>;

/**
 * The colours in effect inside `host`. They are read from elements that wear them: a custom property
 * would still say `light-dark(…)`, and would not know what a stale ancestor makes of it.
 */
export function readInks(host: Element): Inks {
  const inkOf = (name: string): string => {
    const swatch = host.querySelector(`[data-ink="${name}"]`);
    return swatch === null ? 'GrayText' : getComputedStyle(swatch).color;
  };
  return {
    equity: inkOf('equity'),
    mark: inkOf('mark'),
    drawdown: inkOf('drawdown'),
    wash: inkOf('wash'),
    line: inkOf('line'),
    label: inkOf('label'),
    critical: inkOf('critical'),
    warning: inkOf('warning'),
    info: inkOf('info'),
    ground: inkOf('ground'),
  };
}

/** Calls back when colours may have changed: theme, palette, freshness, fonts; returns its undo. */
export function watchAppearance(host: Element, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-palette'] });
  const fresh = host.closest('[data-freshness]');
  if (fresh !== null) observer.observe(fresh, { attributeFilter: ['data-freshness'] });
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', onChange);
  // What is drawn before the typeface has arrived is drawn in another.
  document.fonts.addEventListener('loadingdone', onChange);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', onChange);
    document.fonts.removeEventListener('loadingdone', onChange);
  };
}
