import { useEffect, useEffectEvent } from 'react';

/** The keys of the list, and of the place where one transfer is worked on. */
export const keys = [
  ['j', 'the next transfer'],
  ['k', 'the one before'],
  ['c', 'confirm it, or approve it where two have to'],
  ['r', 'reject it'],
  ['a', 'ask its payer for a proof'],
  ['o', 'open its proof'],
  ['?', 'show these keys'],
] as const;

/** Whether a key is meant for what has the focus: a field, or a dialog. */
function isTaken({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (document.querySelector('[role="dialog"]') !== null) return true;
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** Runs an action when its key is pressed outside fields and dialogs. */
export function useKeys(actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = isTaken(event) ? undefined : actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Moves through a list by `j` and `k`. */
export function useListKeys({ next, previous }: { next: () => void; previous: () => void }): void {
  useKeys({ j: next, k: previous });
}
