import { Notification } from 'electron';

/** What the notice needs from others. */
export interface TrayNoticeNeeds {
  /** Kept over restarts. */
  readonly memory: { wasTold(): boolean; setTold(): void };
  /** The person clicked the notice. */
  readonly open: () => void;
  readonly isDemo: () => boolean;
}

/** Tells, once ever, where a closed window has gone. */
export function createTrayNotice({ memory, open, isDemo }: TrayNoticeNeeds): () => void {
  // Held until it is gone: a notification that is garbage-collected forgets its listeners.
  const onScreen = new Set<Notification>();
  return () => {
    if (memory.wasTold() || !Notification.isSupported()) return;
    memory.setTold();
    const notice = new Notification({
      title: `${isDemo() ? 'DEMO · ' : ''}Plumbline keeps watching`,
      body: 'The window is closed; the tray icon opens it again, as does starting Plumbline a second time. Quit is in its menu.',
    });
    onScreen.add(notice);
    notice.on('click', () => {
      onScreen.delete(notice);
      open();
    });
    notice.on('close', () => onScreen.delete(notice));
    notice.show();
  };
}
