import { useMonitorView, useOverTime } from '../client/monitor-context.tsx';
import { paceMeaning, paceText } from './pace-words.ts';

/** How often figures come when that is less than wished, or when the one asked for comes. */
export function Pace() {
  const text = useOverTime(paceText);
  const meaning = paceMeaning(useMonitorView());
  return (
    <span className="pace" data-testid="pace" title={text === '' ? undefined : meaning}>
      {text}
    </span>
  );
}
