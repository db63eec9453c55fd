'use client';
import { type ReactNode, useEffect, useRef } from 'react';

type Props = {
  readonly open: boolean;
  readonly label: string;
  /** Escape, or a way of the browser to leave. Left out: it stays until it is answered. */
  readonly onClose?: () => void;
  /** `hide`: nothing behind it can be read. */
  readonly behind?: 'dim' | 'hide';
  readonly testId?: string;
  /** Two columns stand beside each other where there is room. */
  readonly roomy?: boolean;
  readonly children: ReactNode;
};

/** What stands before everything else; its content is made anew each time it opens. */
export function Dialog(props: Props) {
  const { open, label, onClose, behind = 'dim', testId, roomy = false, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (open && current?.open === false) current.showModal();
    if (!open && current?.open === true) current.close();
  }, [open]);
  const left = () => {
    if (!open) return;
    if (onClose === undefined) dialog.current?.showModal();
    else onClose();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      data-testid={testId}
      onCancel={(event) => {
        if (onClose === undefined) event.preventDefault();
      }}
      onClose={left}
      className={`m-auto w-full rounded-large border border-line bg-raised p-6 text-ink ${
        behind === 'hide' ? 'backdrop:bg-canvas' : 'backdrop:bg-canvas/70'
      } ${roomy ? 'max-w-pane wide:max-w-pair' : 'max-w-pane'}`}
    >
      {open && (
        <div className="flex flex-col gap-4">
          <h2 className="text-lead font-semibold">{label}</h2>
          {children}
        </div>
      )}
    </dialog>
  );
}
