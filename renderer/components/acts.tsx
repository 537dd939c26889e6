import type { ReactNode } from 'react';
import { canAct } from '../client/bridge.ts';

/** What acts on Plumbline or its alerts: in a browser view, which only shows, it is not there. */
export const Acts = ({ children }: { children: ReactNode }): ReactNode =>
  canAct ? children : null;
