import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface OverlayProps {
  /** Of the heading that names it. */
  readonly labelledBy: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A page over the page: Escape closes it, and the focus stays in it until then. */
export function Overlay({ labelledBy, onClose, children }: OverlayProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="class-page" aria-labelledby={labelledBy} onClose={onClose}>
      {children}
    </dialog>
  );
}
