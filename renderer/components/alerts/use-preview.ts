import { useEffect, useState } from 'react';
import type { RulePreview } from '../../../shared/alerts/alerts-state.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { answerOf } from '../../client/answer-of.ts';

const typingMs = 300;

/** What main says of a rule that is being edited. */
export type PreviewView =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly preview: RulePreview }
  | { readonly kind: 'failed'; readonly message: string };

/** What a rule would say now, asked anew once typing rests; an answer that was overtaken is dropped. */
export function usePreview(rule: Rule | null): PreviewView {
  const store = useAlertsStore();
  const [view, setView] = useState<PreviewView>({ kind: 'asking' });
  // Each drawing makes another object of the same rule.
  const text = rule === null ? null : JSON.stringify(rule);
  useEffect(() => {
    if (text === null) return;
    let isOver = false;
    const timer = setTimeout(() => {
      void answerOf(store.client.preview(JSON.parse(text))).then((answer) => {
        if (isOver) return;
        setView(
          answer.ok
            ? { kind: 'known', preview: answer.value }
            : { kind: 'failed', message: answer.error.message },
        );
      });
    }, typingMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [store, text]);
  return view;
}
