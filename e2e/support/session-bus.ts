import { setTimeout as delay } from 'node:timers/promises';
import dbus from 'dbus-next';

/** A notification as a desktop receives it. */
export interface ReceivedNotification {
  readonly summary: string;
  readonly body: string;
}

/** An entry of the tray's menu. */
export interface TrayMenuItem {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  /** Entries of its submenu. */
  readonly items: readonly TrayMenuItem[];
}

/** The part of a desktop that a tray and notifications need, on the session bus of the environment. */
export interface FakeDesktop {
  /** All that arrived since the start. */
  notifications(): readonly ReceivedNotification[];
  /** As a person's click on a notification does, by its place among those that arrived. */
  clickNotification(index: number): void;
  /** Waits for the app's tray icon. */
  trayItem(): Promise<TrayItem>;
  close(): void;
}

/** The tray icon of the app, as a panel sees it. */
export interface TrayItem {
  tooltip(): Promise<string>;
  /** Each size once: side in pixels and the raw bytes. */
  pixmaps(): Promise<{ readonly side: number; readonly bytes: Uint8Array }[]>;
  menu(): Promise<TrayMenuItem[]>;
  /** As a click on the entry with this label does. */
  click(label: string): Promise<void>;
  /** As a click on the icon itself does. */
  activate(): void;
}

const watcherName = 'org.kde.StatusNotifierWatcher';
const notificationsPath = '/org/freedesktop/Notifications';
const notificationsName = 'org.freedesktop.Notifications';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const trayDeadlineMs = 30 * 1000;

/** A message's body with its D-Bus signature. */
type Signed = readonly [signature: string, body: unknown[]];

/** Takes the place of the panel and of the notification daemon. */
export async function startFakeDesktop(): Promise<FakeDesktop> {
  const bus = dbus.sessionBus();
  const items: string[] = [];
  const received: ReceivedNotification[] = [];
  bus.addMethodHandler((message: dbus.Message): boolean => {
    const reply = replyTo(message, items, received);
    if (reply === null) return false;
    bus.send(dbus.Message.newMethodReturn(message, reply[0], [...reply[1]]));
    return true;
  });
  for (const name of [watcherName, notificationsName])
    await bus.requestName(name, dbus.NameFlag.REPLACE_EXISTING | dbus.NameFlag.DO_NOT_QUEUE);
  return {
    notifications: () => received,
    clickNotification: (index) => {
      bus.send(
        dbus.Message.newSignal(notificationsPath, notificationsName, 'ActionInvoked', 'us', [
          // Ids count from 1 on.
          index + 1,
          'default',
        ]),
      );
    },
    trayItem: () => waitForItem(bus, items),
    close: () => bus.disconnect(),
  };
}

function replyTo(
  { interface: interfaceName, member, body, sender }: dbus.Message,
  items: string[],
  received: ReceivedNotification[],
): Signed | null {
  switch (`${interfaceName}.${member}`) {
    case `${watcherName}.RegisterStatusNotifierItem`:
      items.push(nameOfItem(String(body[0]), sender));
      return ['', []];
    case `${notificationsName}.Notify`:
      received.push({ summary: String(body[3]), body: String(body[4]) });
      return ['u', [received.length]];
    case `${notificationsName}.GetCapabilities`:
      return ['as', [['body', 'actions']]];
    case `${notificationsName}.GetServerInformation`:
      return ['ssss', ['fake', 'plumbline', '1', '1.2']];
    case `${notificationsName}.CloseNotification`:
      return ['', []];
    case 'org.freedesktop.DBus.Properties.Get':
      return watcherProperty(String(body[1]));
    default:
      return null;
  }
}

function watcherProperty(name: string): Signed | null {
  switch (name) {
    case 'IsStatusNotifierHostRegistered':
      return ['v', [new dbus.Variant('b', true)]];
    case 'ProtocolVersion':
      return ['v', [new dbus.Variant('i', 0)]];
    default:
      return null;
  }
}

/** An item registers by its name on the bus, or by a path of its own. */
const nameOfItem = (registered: string, sender: string): string =>
  registered.startsWith('/') ? sender : registered;

async function waitForItem(bus: dbus.MessageBus, items: readonly string[]): Promise<TrayItem> {
  const deadline = performance.now() + trayDeadlineMs;
  while (performance.now() < deadline) {
    const name = items.at(-1);
    if (name !== undefined) return createTrayItem(bus, name);
    await delay(50);
  }
  throw new Error('No tray icon appeared.');
}

function createTrayItem(bus: dbus.MessageBus, name: string): TrayItem {
  const message = (path: string, of: string, member: string, [signature, body]: Signed) =>
    new dbus.Message({ destination: name, path, interface: of, member, signature, body });
  const call = async (path: string, of: string, member: string, ...signed: Signed) =>
    (await bus.call(message(path, of, member, signed)))?.body ?? [];
  const send = (path: string, of: string, member: string, ...signed: Signed): void => {
    const sent = message(path, of, member, signed);
    sent.flags = dbus.MessageFlag.NO_REPLY_EXPECTED;
    bus.send(sent);
  };
  const property = async (member: string): Promise<unknown> => {
    const get: Signed = ['ss', [itemInterface, member]];
    const [value] = await call('/StatusNotifierItem', propertiesInterface, 'Get', ...get);
    return unwrap(value);
  };
  const menuPath = async (): Promise<string> => String(await property('Menu'));
  const menu = async (): Promise<TrayMenuItem[]> => {
    const all: Signed = ['iias', [0, -1, []]];
    return menuItems(await call(await menuPath(), menuInterface, 'GetLayout', ...all));
  };
  return {
    tooltip: async () => tooltipText(await property('ToolTip')),
    pixmaps: async () => pixmapsOf(await property('IconPixmap')),
    menu,
    click: async (label) => {
      const entries = (await menu()).flatMap((entry) => [entry, ...entry.items]);
      const item = entries.find((each) => each.label === label);
      if (item === undefined) throw new Error(`The tray menu has no entry "${label}".`);
      const event: Signed = ['isvu', [item.id, 'clicked', new dbus.Variant('i', 0), 0]];
      // Quit leaves nobody to reply.
      send(await menuPath(), menuInterface, 'Event', ...event);
    },
    activate: () => {
      send('/StatusNotifierItem', itemInterface, 'Activate', 'ii', [0, 0]);
    },
  };
}

const propertiesInterface = 'org.freedesktop.DBus.Properties';

const unwrap = (value: unknown): unknown => (value instanceof dbus.Variant ? value.value : value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** (icon name, icon, title, text): Electron puts the text into the title. */
function tooltipText(value: unknown): string {
  const [, , title, text] = list(value);
  return [title, text].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

const pixmapsOf = (value: unknown): { side: number; bytes: Uint8Array }[] =>
  list(value).map((pixmap) => {
    const [side, , bytes] = list(pixmap);
    return { side: Number(side), bytes: bytes instanceof Uint8Array ? bytes : new Uint8Array() };
  });

/** (revision, (id, properties, children)), of which the children of the root are the menu. */
function menuItems([, layout]: readonly unknown[]): TrayMenuItem[] {
  const [, , children] = list(layout);
  return list(children).map((child) => {
    const [id, properties, inner] = list(unwrap(child));
    const text = (name: string): unknown => unwrap(Reflect.get(Object(properties), name));
    return {
      id: Number(id),
      label: String(text('label') ?? ''),
      enabled: text('enabled') !== false,
      items: menuItems([null, [null, null, inner]]),
    };
  });
}
