import { Content, Portal, Provider, Root, Trigger } from '@radix-ui/react-tooltip';
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import { useScrollEnd } from './scroll-end.ts';

const opensAfterMs = 300;

/** Above all terms that explain themselves: one tooltip is open at a time. */
export function ExplainProvider({ children }: { children: ReactNode }) {
  return <Provider delayDuration={opensAfterMs}>{children}</Provider>;
}

// A press would close the tooltip, and pressing a term is asking for it.
const keepOpen = (event: SyntheticEvent): void => event.preventDefault();

/**
 * Where a tooltip belongs: into its dialog, which covers all else, or into the app, whose figures
 * are dimmed when they are old.
 */
const placeOf = (term: HTMLElement | null): HTMLElement | null =>
  term?.closest<HTMLElement>('dialog, .app') ?? null;

interface Props {
  term: ReactNode;
  children: ReactNode;
  /** Of the term, beside its own. */
  className?: string | undefined;
  testId?: string | undefined;
}

/** A term that explains itself on hover and on focus; Escape closes it. */
export function Explain({ term, children, className = '', testId }: Props) {
  const trigger = useRef<HTMLButtonElement>(null);
  const { place, setOpen, onFocus, onBlur, onKeyDown } = useTooltip(trigger);
  return (
    <Root open={place !== null} onOpenChange={setOpen}>
      <Trigger
        ref={trigger}
        className={`term ${className}`.trim()}
        data-testid={testId}
        onPointerDown={keepOpen}
        onClick={keepOpen}
        {...{ onFocus, onBlur, onKeyDown }}
      >
        {term}
      </Trigger>
      <Portal container={place}>
        <Content
          className="tooltip"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
        >
          {children}
        </Content>
      </Portal>
    </Root>
  );
}

/** Whether a tooltip is open, and where: null is closed. */
function useTooltip(trigger: { readonly current: HTMLButtonElement | null }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const [followsFocus, setFollowsFocus] = useState(false);
  const setOpen = (open: boolean): void => setPlace(open ? placeOf(trigger.current) : null);
  // A scroll closes the tooltip, and a term that the keyboard reaches out of sight scrolls into it.
  useScrollEnd(followsFocus, () => setOpen(true));
  return {
    place,
    setOpen,
    onFocus: () => setFollowsFocus(trigger.current?.matches(':focus-visible') ?? false),
    onBlur: () => setFollowsFocus(false),
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setFollowsFocus(false);
    },
  };
}
