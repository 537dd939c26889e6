import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';

interface Props {
  className: string;
  label: string;
  dialogRef?: RefObject<HTMLDialogElement | null>;
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape, and gives it back. */
export function ModalDialog({ className, label, dialogRef, onClose, children }: Props) {
  const own = useRef<HTMLDialogElement>(null);
  const dialog = dialogRef ?? own;
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Before the element goes, or the focus would be lost.
    return () => shown?.close();
  }, [dialog]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it from the keyboard.
    <dialog
      ref={dialog}
      className={className}
      aria-label={label}
      onClose={(event) => {
        // The event arrives late: in development the dialog has been opened once more by then.
        if (!event.currentTarget.open) onClose();
      }}
      onClick={(event) => {
        // The content fills the dialog, so only its backdrop is the dialog itself.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {children}
    </dialog>
  );
}
