import { type CommandIo, readOptions, wholeNumber } from './command-io.ts';

/** What `serve` is asked for. */
export type ServeRequest =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'serve';
      /** Where the feed listens; 0 takes any free port, null is what the settings say. */
      readonly port: number | null;
      /** Keeps trying where the ledger cannot be watched at once. */
      readonly waits: boolean;
    };

const optionNames = {
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string' },
  wait: { type: 'boolean' },
} as const;

const ports = { least: 0, most: 65_535 };

/** Reads options and environment of `serve`; throws a UsageError with one sentence. */
export function serveRequest(args: readonly string[], env: CommandIo['env']): ServeRequest {
  const { help, port, wait = false } = readOptions('serve', args, optionNames);
  if (help === true) return { kind: 'help' };
  return { kind: 'serve', port: portOf(port, env.PLUMBLINE_FEED_PORT), waits: wait };
}

function portOf(option: string | undefined, environment: string | undefined): number | null {
  if (option !== undefined) return wholeNumber('--port', option, ports);
  if (environment) return wholeNumber('PLUMBLINE_FEED_PORT', environment, ports);
  return null;
}

/** What `serve --help` prints. */
export const serveUsage = `serve [--port N] [--wait]

Watches the ledger that DATABASE_URL names, or without it a demo of its own, as the app does: monitor,
alerts and feed, without a window. It prints two lines when it watches, the second one with the
address of the browser view, and goes on until SIGINT or SIGTERM. Everything else goes to stderr.

  --port N   of the feed on 127.0.0.1, 0 for any that is free; else PLUMBLINE_FEED_PORT, else
             the one of settings.json (8630)
  --wait     where the ledger cannot be watched at once, keep trying instead of giving up

One program at a time watches on a PLUMBLINE_HOME: the app or one serve. There is no desktop to
notify: alerts go to the feed, to stderr and to the webhook, whose secret is PLUMBLINE_WEBHOOK_SECRET
(what the app keeps in the keyring of the desktop cannot be read here).

Examples:
  DATABASE_URL=postgresql://reader@host/trading plumbline serve
  plumbline serve --port 0 --wait
  systemctl --user enable --now plumbline     # with docs/plumbline.service

Exit codes: 0 ended by a signal, 2 usage or configuration, 3 cannot connect, 4 connected, but no ledger,
70 a mistake of Plumbline itself.
`;
