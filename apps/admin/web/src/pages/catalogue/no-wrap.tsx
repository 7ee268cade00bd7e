import type { ReactNode } from 'react';

/** A short text that stays on one line. */
export function NoWrap({ children }: { readonly children: ReactNode }) {
  return <span style={{ whiteSpace: 'nowrap' }}>{children}</span>;
}
