import { useState } from 'react';
import type { WhatIf } from '../../../shared/alerts/alerts-state.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { WhatIfChart } from '../../charts/what-if-chart.tsx';
import { useAlertsStore, useTelling } from '../../client/alerts-context.tsx';
import { answerOf } from '../../client/answer-of.ts';
import { whatIfLine, whatIfSummary } from './what-if-words.ts';

const mostLines = 4;

type View =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly whatIf: WhatIf }
  | { readonly kind: 'failed'; readonly message: string };

/** What the rule would have told over the last 90 days, when asked. */
export function WhatIfPanel({ rule }: { rule: Rule | null }) {
  const { view, isOfRule, ask } = useWhatIf(rule);
  return (
    <section className="what-if" aria-labelledby="what-if-heading" data-testid="what-if">
      <h3 id="what-if-heading">The last 90 days</h3>
      <div role="status">
        {view.kind === 'known' && rule !== null ? (
          <Outcome rule={rule} whatIf={view.whatIf} isOld={!isOfRule} />
        ) : (
          <p className="note">{wordsOf(view)}</p>
        )}
      </div>
      {isOfRule && view.kind !== 'failed' ? null : (
        <button
          type="button"
          className="action"
          data-testid="ask-what-if"
          aria-disabled={rule === null || view.kind === 'asking'}
          onClick={ask}
        >
          {view.kind === 'not-asked' ? 'Try it on past closes' : 'Try it again'}
        </button>
      )}
    </section>
  );
}

function wordsOf(view: View): string {
  switch (view.kind) {
    case 'not-asked':
      return 'How often would it have fired?';
    case 'failed':
      return `The past could not be looked at. ${view.message}`;
    case 'asking':
    case 'known':
      return 'Looking at the closes of 90 days.';
  }
}

function useWhatIf(rule: Rule | null) {
  const store = useAlertsStore();
  const [view, setView] = useState<View>({ kind: 'not-asked' });
  const [askedOf, setAskedOf] = useState<string | null>(null);
  const text = rule === null ? null : JSON.stringify(rule);
  const ask = (): void => {
    if (rule === null || view.kind === 'asking') return;
    setView({ kind: 'asking' });
    setAskedOf(text);
    void answerOf(store.client.whatIf(rule)).then((answer) =>
      setView(
        answer.ok
          ? { kind: 'known', whatIf: answer.value }
          : { kind: 'failed', message: answer.error.message },
      ),
    );
  };
  return { view, isOfRule: askedOf !== null && askedOf === text, ask };
}

function Outcome({ rule, whatIf, isOld }: { rule: Rule; whatIf: WhatIf; isOld: boolean }) {
  const telling = useTelling();
  const latest = whatIf.episodes.slice(-mostLines).reverse();
  const more = whatIf.fired - latest.length;
  return (
    <div className="what-if-outcome" data-old={isOld}>
      <p>
        <strong>{whatIfSummary(whatIf)}</strong>
        {isOld ? <span className="dim"> Before the last change.</span> : null}
      </p>
      {whatIf.reason === null ? <WhatIfChart whatIf={whatIf} severity={rule.severity} /> : null}
      <ul>
        {latest.map((episode) => (
          <li key={`${episode.scope ?? ''} ${episode.start}`}>
            {whatIfLine(rule, episode, telling)}
          </li>
        ))}
        {more > 0 ? <li className="dim">{`and ${more} before`}</li> : null}
      </ul>
    </div>
  );
}
