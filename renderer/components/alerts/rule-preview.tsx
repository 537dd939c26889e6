import type { InstanceStatus } from '../../../shared/alerts/alerts-state.ts';
import { isBreach } from '../../../shared/alerts/defaults.ts';
import { kindOf, type Rule } from '../../../shared/alerts/rule.ts';
import { earliestText, ruleSentence, valueText } from '../../../shared/alerts/words.ts';
import { parseDecimal } from '../../../shared/decimal.ts';
import { formatText } from '../../../shared/format.ts';
import { usePrivacy } from '../../client/settings-context.tsx';
import type { PreviewView } from './use-preview.ts';

interface Props {
  /** Null while what was typed makes no rule. */
  rule: Rule | null;
  view: PreviewView;
}

const mostInstances = 6;

/** What the rule would say now. */
export function RulePreviewPanel({ rule, view }: Props) {
  const isPrivate = usePrivacy();
  return (
    <section className="rule-preview" aria-labelledby="rule-now" data-testid="rule-preview">
      <h3 id="rule-now">Now</h3>
      {rule === null ? (
        <p className="note">Its value stands here once the rule is complete.</p>
      ) : (
        <>
          <p className="rule-sentence">
            <bdi>{ruleSentence(rule, isPrivate)}</bdi>
          </p>
          <Values rule={rule} view={view} />
        </>
      )}
    </section>
  );
}

function Values({ rule, view }: { rule: Rule; view: PreviewView }) {
  const isPrivate = usePrivacy();
  switch (view.kind) {
    case 'asking':
      return <p className="note">Reading the value of now.</p>;
    case 'failed':
      return <p className="problem">{`The value of now could not be read. ${view.message}`}</p>;
    case 'known': {
      const { instances, earliestMs, recovery } = view.preview;
      const shown = instances.slice(0, mostInstances);
      const more = instances.length - shown.length;
      return (
        <>
          <ul className="instance-values">
            {shown.map((instance) => (
              <Instance key={instance.scope ?? ''} rule={rule} instance={instance} />
            ))}
            {more === 0 ? null : <li className="dim">and {more} more</li>}
          </ul>
          <p className="hint-text">{earliestText(earliestMs)}</p>
          {recovery === null || rule.threshold === null || kindOf(rule).isEvent ? null : (
            <p className="hint-text">
              ends when back {kindOf(rule).side === 'low' ? 'above' : 'below'}{' '}
              {valueText(rule.kind, recovery, isPrivate)}
            </p>
          )}
        </>
      );
    }
  }
}

function Instance({ rule, instance }: { rule: Rule; instance: InstanceStatus }) {
  const isPrivate = usePrivacy();
  const { scope, value, degraded } = instance;
  // An event lies behind: its last value breaches nothing now.
  const breaches = value !== null && !kindOf(rule).isEvent && isBreach(rule, parseDecimal(value));
  return (
    <li>
      {scope === null ? null : <bdi>{formatText(scope, 40)} </bdi>}
      <b>
        {value === null ? '—' : valueText(rule.kind, value, isPrivate) || (breaches ? 'yes' : 'no')}
      </b>{' '}
      <span className={breaches ? 'breaches' : 'dim'} data-breaches={breaches}>
        {value === null
          ? (degraded ?? 'not known yet')
          : breaches
            ? 'would fire now'
            : 'would not fire now'}
      </span>
    </li>
  );
}
