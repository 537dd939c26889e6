import { Content, Portal, Provider, Root, Trigger } from '@radix-ui/react-tooltip';
import type { ReactNode, SyntheticEvent } from 'react';

const opensAfterMs = 300;

/** Above all terms that explain themselves: one tooltip is open at a time. */
export function ExplainProvider({ children }: { children: ReactNode }) {
  return <Provider delayDuration={opensAfterMs}>{children}</Provider>;
}

// A press would close the tooltip, and pressing a term is asking for it.
const keepOpen = (event: SyntheticEvent): void => event.preventDefault();

interface Props {
  term: ReactNode;
  children: ReactNode;
}

/** A term that explains itself on hover and on focus; Escape closes it. */
export function Explain({ term, children }: Props) {
  return (
    <Root>
      <Trigger className="term" onPointerDown={keepOpen} onClick={keepOpen}>
        {term}
      </Trigger>
      <Portal>
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
