import { useEffect, useState } from 'react';
import type { OddityId, OddRows } from '../../shared/oddities.ts';
import { useAskOddRows } from './monitor-context.tsx';

/** Where asking for the rows behind a chip stands. */
export type OddRowsView =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly answer: OddRows }
  | { readonly kind: 'failed'; readonly message: string };

/** The rows behind a data-quality chip, asked for once. */
export function useOddRows(id: OddityId): OddRowsView {
  const ask = useAskOddRows();
  const [view, setView] = useState<OddRowsView>({ kind: 'reading' });
  useEffect(() => {
    let stopped = false;
    void ask(id).then((result) => {
      if (stopped) return;
      setView(
        result.ok
          ? { kind: 'read', answer: result.value }
          : { kind: 'failed', message: result.error.message },
      );
    });
    return () => {
      stopped = true;
    };
  }, [ask, id]);
  return view;
}
