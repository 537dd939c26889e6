import { useRef, useState } from 'react';
import { ModalDialog } from '../../keys/modal-dialog.tsx';

interface Props {
  title: string;
  hint: string;
  text: string;
  onClose: () => void;
}

/** A text to take away: selected at once, and copied by a button. */
export function TextDialog({ title, hint, text, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [told, setTold] = useState('');
  const copy = (): void => {
    area.current?.select();
    // The clipboard's own interface needs a permission, and this window is granted none.
    const isCopied = document.execCommand('copy');
    setTold(
      isCopied ? 'Copied.' : 'It could not be copied. The text is selected: copy it by its key.',
    );
  };
  return (
    <ModalDialog className="small-dialog" label={title} dialogRef={dialog} onClose={onClose}>
      <div className="small-content" data-testid="text-dialog">
        <h2>{title}</h2>
        <p className="note">{hint}</p>
        <textarea ref={area} readOnly rows={14} aria-label={title} value={text} />
        <div className="buttons">
          <span role="status" className="dim">
            {told}
          </span>
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            Close
          </button>
          <button type="button" className="action primary" onClick={copy}>
            Copy
          </button>
        </div>
      </div>
    </ModalDialog>
  );
}
