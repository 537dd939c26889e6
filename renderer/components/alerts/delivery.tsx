import { type FormEvent, useState } from 'react';
import type {
  AlertsState,
  DeliverySettings,
  RuleProblem,
  WebhookSettings,
} from '../../../shared/alerts/alerts-state.ts';
import { hoursSchema } from '../../../shared/alerts/rule.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { severityWords } from './alert-words.ts';
import { SelectField, TextField } from './field.tsx';

/** When and whereto alerts are told. What main pushes meanwhile does not undo what is being typed. */
export function Delivery({ state }: { state: AlertsState }) {
  const form = useDelivery(state);
  const { settings, change, problemOf } = form;
  return (
    <form className="delivery" data-testid="delivery" onSubmit={form.save} noValidate>
      <section>
        <h2>On this desk</h2>
        <QuietHours {...{ settings, change, problemOf }} />
        <label className="check">
          <input
            type="checkbox"
            checked={settings.tellsDailyClose}
            onChange={(event) => change({ tellsDailyClose: event.currentTarget.checked })}
          />
          Tell the day’s result when the trading day is over
        </label>
      </section>
      <section>
        <h2>Away from the desk</h2>
        <Webhook {...{ settings, change, problemOf }} />
        {settings.webhook.preset === 'off' ? null : (
          <Secret {...form} isStored={state.hasWebhookSecret} />
        )}
      </section>
      <div className="buttons">
        <button type="submit" className="action primary" data-testid="save-delivery">
          Save
        </button>
        <span role="status" className={form.problems.length > 0 ? 'problem' : 'dim'}>
          {form.told}
        </span>
      </div>
    </form>
  );
}

interface PartProps {
  settings: DeliverySettings;
  change: (fields: Partial<DeliverySettings>) => void;
  problemOf: (field: string) => string | undefined;
}

const fieldsShown = new Set(['quietHours', 'url', 'webhook', 'secret']);

function useDelivery(state: AlertsState) {
  const store = useAlertsStore();
  const [settings, setSettings] = useState(state.delivery);
  // Null keeps the secret that is known.
  const [secret, setSecret] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly RuleProblem[]>([]);
  const [told, setTold] = useState('');
  const send = async (): Promise<readonly RuleProblem[]> => {
    const result = await store.act((client) => client.setDelivery({ settings, secret }));
    return result.ok ? result.value : [{ field: '', message: result.error.message }];
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const found = clockProblems(settings) ?? (await send());
    setProblems(found);
    // What stands beside its field is not told a second time.
    const others = found.filter(({ field }) => !fieldsShown.has(field));
    const told = others.map(({ message }) => message).join(' ');
    setTold(found.length === 0 ? 'Saved.' : `Not saved. ${told || 'See what is marked above.'}`);
    if (found.length === 0) setSecret(null);
  };
  return {
    ...{ settings, secret, setSecret, problems, told },
    save: (event: FormEvent): void => void save(event),
    change: (fields: Partial<DeliverySettings>): void => {
      setTold('');
      setSettings({ ...settings, ...fields });
    },
    problemOf: (field: string): string | undefined =>
      problems.find((problem) => problem.field === field)?.message,
  };
}

/** Null where the quiet hours can be read. */
function clockProblems({ quietHours }: DeliverySettings): readonly RuleProblem[] | null {
  if (quietHours === null || hoursSchema.safeParse(quietHours).success) return null;
  return [{ field: 'quietHours', message: 'Write both times like 22:00.' }];
}

function QuietHours({ settings, change, problemOf }: PartProps) {
  const { quietHours } = settings;
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={(event) =>
            change({
              quietHours: event.currentTarget.checked ? { from: '22:00', to: '07:00' } : null,
            })
          }
        />
        Quiet hours: notifications wait for their end, but for critical ones
      </label>
      {quietHours === null ? null : (
        <div className="field-pair">
          <TextField
            kind="clock"
            label="From"
            value={quietHours.from}
            onChange={(from) => change({ quietHours: { ...quietHours, from } })}
          />
          <TextField
            kind="clock"
            label="To"
            hint="By the clock of the trading day"
            problem={problemOf('quietHours')}
            value={quietHours.to}
            onChange={(to) => change({ quietHours: { ...quietHours, to } })}
          />
        </div>
      )}
    </>
  );
}

const presets: readonly { readonly value: WebhookSettings['preset']; readonly label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'ntfy', label: 'ntfy' },
  { value: 'pushover', label: 'Pushover' },
  { value: 'plain', label: 'Plain HTTPS POST' },
];

const urlHints: Readonly<Record<Exclude<WebhookSettings['preset'], 'off' | 'pushover'>, string>> = {
  ntfy: 'With its topic: https://ntfy.sh/my-topic',
  plain: 'Gets title, text and severity as JSON',
};

function Webhook({ settings, change, problemOf }: PartProps) {
  const { webhook } = settings;
  const set = (fields: Partial<WebhookSettings>): void =>
    change({ webhook: { ...webhook, ...fields } });
  const { preset } = webhook;
  return (
    <>
      <SelectField
        label="Send to"
        hint={
          preset === 'off'
            ? 'Nothing leaves this machine'
            : 'One HTTPS POST for each; never from a demo'
        }
        value={preset}
        options={presets}
        testId="webhook-preset"
        onChange={(chosen) => set({ preset: chosen })}
      />
      {preset === 'off' || preset === 'pushover' ? null : (
        <TextField
          label="Address"
          hint={urlHints[preset]}
          problem={problemOf('url') ?? problemOf('webhook')}
          value={webhook.url}
          maxLength={500}
          testId="webhook-url"
          onChange={(url) => set({ url })}
        />
      )}
      {preset === 'off' ? null : (
        <SelectField
          label="What"
          value={webhook.from}
          options={[
            { value: 'critical', label: `${severityWords.critical} alone` },
            { value: 'warning', label: `${severityWords.warning} and worse` },
            { value: 'info', label: 'All' },
          ]}
          onChange={(from) => set({ from })}
        />
      )}
    </>
  );
}

const secretLabels: Readonly<Record<WebhookSettings['preset'], string>> = {
  off: 'Secret',
  ntfy: 'Access token',
  pushover: 'Token and user key',
  plain: 'Bearer token',
};

interface SecretProps {
  settings: DeliverySettings;
  secret: string | null;
  setSecret: (secret: string | null) => void;
  problemOf: (field: string) => string | undefined;
  isStored: boolean;
}

/** Goes in and never comes out again. */
function Secret({ settings, secret, setSecret, problemOf, isStored }: SecretProps) {
  const { preset } = settings.webhook;
  const howTo = preset === 'pushover' ? 'Written as token:user. ' : '';
  const kept = isStored ? 'A secret is stored; empty keeps it.' : 'Kept like a password.';
  return (
    <>
      <TextField
        kind="password"
        label={secretLabels[preset]}
        hint={secret === '' ? 'The stored secret will be forgotten.' : `${howTo}${kept}`}
        problem={problemOf('secret')}
        placeholder={isStored && secret === null ? 'stored' : undefined}
        value={secret ?? ''}
        testId="webhook-secret"
        onChange={(text) => setSecret(text === '' ? null : text)}
      />
      {isStored && secret === null ? (
        <button type="button" className="link" onClick={() => setSecret('')}>
          Forget the stored secret
        </button>
      ) : null}
    </>
  );
}
