interface Props {
  demo: boolean;
  paused: boolean;
}

/** A mark behind the figures that no screenshot loses; one alone, for two would cover each other. */
export function Watermark({ demo, paused }: Props) {
  const word = [demo ? 'DEMO' : '', paused ? 'PAUSED' : ''].filter((part) => part !== '');
  if (word.length === 0) return null;
  const text = word.join(' · ');
  return (
    <div className="watermark" data-demo={demo} data-words={word.length} aria-hidden="true">
      <span>{text}</span>
      <span>{text}</span>
      <span>{text}</span>
    </div>
  );
}
