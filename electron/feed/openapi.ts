import * as z from 'zod/mini';
import {
  feedAlertSchema,
  feedAlertsSchema,
  feedErrorSchema,
  feedFiguresSchema,
  feedFreshnessSchema,
  feedHeartbeatSchema,
  feedSnapshotSchema,
  viewCalls,
} from '../../shared/feed.ts';
import { tradePageSchema, tradeQuerySchema } from '../../shared/trade-page.ts';

type Json = Readonly<Record<string, unknown>>;

const schemas = {
  Snapshot: feedSnapshotSchema,
  Alerts: feedAlertsSchema,
  TradePage: tradePageSchema,
  Ticket: z.object({ ticket: z.string(), expiresInMs: z.int() }),
  Result: z.looseObject({ ok: z.boolean() }),
  Error: feedErrorSchema,
  SnapshotEvent: feedFiguresSchema,
  FreshnessEvent: feedFreshnessSchema,
  AlertEvent: feedAlertSchema,
  SettingsEvent: z.object({}),
  HeartbeatEvent: feedHeartbeatSchema,
};

const reference = (name: keyof typeof schemas): Json => ({ $ref: `#/components/schemas/${name}` });

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } });

/** The feed's description, made from the shapes that it sends: OpenAPI 3.1. */
export const openApi = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Plumbline feed',
    version: '1',
    description:
      'Figures, alerts and trades of the ledger that Plumbline watches, on 127.0.0.1 alone. Decimals are strings and exact.',
  },
  servers: [{ url: 'http://127.0.0.1:8630' }],
  security: [{ bearer: [] }],
  paths: {
    '/livez': {
      get: { ...operation('Whether the feed answers.', textOf('text/plain')), security: [] },
    },
    '/v1/snapshot': { get: operation('All figures of one moment.', jsonOf(reference('Snapshot'))) },
    '/v1/alerts': { get: operation('Rules and alerts, worst first.', jsonOf(reference('Alerts'))) },
    '/v1/trades': {
      get: {
        ...operation('Trades, newest first, a page at a time.', jsonOf(reference('TradePage'))),
        parameters: tradeParameters(),
      },
    },
    '/v1/events': {
      get: {
        ...operation(
          'Server-sent events: snapshot, freshness, alert, settings and heartbeat, each with the data of the schema of its name.',
          textOf('text/event-stream'),
        ),
        parameters: [
          { ...parameter('ticket', 'query'), description: 'In place of the header, good once.' },
          { ...parameter('Last-Event-ID', 'header'), description: 'Goes on after this event.' },
        ],
      },
    },
    '/v1/sse-ticket': {
      post: operation(
        'A ticket for EventSource, good once, for 30 seconds.',
        jsonOf(reference('Ticket')),
      ),
    },
    '/v1/calls/{call}': {
      get: {
        ...operation('What the browser view asks.', jsonOf(reference('Result'))),
        parameters: [
          { name: 'call', in: 'path', required: true, schema: { enum: [...viewCalls] } },
          { ...parameter('payload', 'query'), description: 'The call’s argument as JSON.' },
        ],
      },
    },
    '/v1/openapi.json': { get: operation('This description.', jsonOf({ type: 'object' })) },
    '/metrics': { get: operation('OpenMetrics.', textOf('application/openmetrics-text')) },
    '/': { get: { ...operation('The browser view.', textOf('text/html')), security: [] } },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, jsonSchemaOf(schema)]),
    ),
  },
});

const operation = (summary: string, content: Json): Json => ({
  summary,
  responses: {
    200: { description: 'As asked.', content },
    default: { description: 'A refusal, in one sentence.', content: jsonOf(reference('Error')) },
  },
});

const textOf = (type: string): Json => ({ [type]: { schema: { type: 'string' } } });

const parameter = (name: string, place: 'query' | 'header'): Json => ({
  ...{ name, in: place, required: false, schema: { type: 'string' } },
});

function tradeParameters(): Json[] {
  const { properties = {} } = z.toJSONSchema(tradeQuerySchema, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false, schema },
  }));
}

/** A schema as it goes over the wire. */
function jsonSchemaOf(schema: z.ZodMiniType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
  });
  return rest;
}
