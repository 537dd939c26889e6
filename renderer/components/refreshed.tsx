/**
 * Text that changes at the end of a line. Each text is an element of its own: a right-aligned one that
 * grew would count, and be seen by the browser, as having moved.
 */
export const Refreshed = ({ text, title }: { text: string; title?: string | undefined }) => (
  <span key={text} title={title}>
    {text}
  </span>
);
