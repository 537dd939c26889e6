import { formatText } from '../../shared/format.ts';

interface Props {
  text: string;
  /** What hovering shows, the text itself unless given; null where a tooltip shows it. */
  title?: string | null;
}

/** Text that somebody else wrote: disarmed, isolated from the text around it, cut by an ellipsis. */
export function LedgerText({ text, title = text }: Props) {
  if (text.trim() === '') {
    return (
      <span className="dim" title="empty in the ledger">
        —
      </span>
    );
  }
  return (
    <bdi className="ledger-text" title={title === null ? undefined : formatText(title, 600)}>
      {formatText(text)}
    </bdi>
  );
}
