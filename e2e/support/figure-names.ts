import type { Figure, GroupName, Snapshot, Trade } from '../../shared/snapshot.ts';
import type { Oracle } from './oracle.ts';

/** The snapshot as the oracle writes it: every value and every list as text by its name. */
export function namedFigures(snapshot: Snapshot): Oracle {
  const { counts, outcomes, day, today, ranges, equity, exposure, newestRowAt } = snapshot;
  const { path, ...dayClose } = today;
  const values = {
    ...Object.assign({}, ...Object.entries(snapshot.figures).map(figureNamed)),
    ...flat({ counts, outcomes, day, today: dayClose, ranges, newestRowAt }),
    ...flat({ equity: { ...equity, points: undefined } }),
    ...flat({ exposure: { leftOut: exposure.leftOut, outsideEnvelope: exposure.outsideEnvelope } }),
    'largestWin.id': String(snapshot.largestWin?.id ?? null),
    'largestLoss.id': String(snapshot.largestLoss?.id ?? null),
  };
  const points = equity.points.map(([at, level, highWaterMark]) => ({
    ...{ at, equity: level, highWaterMark },
  }));
  return {
    values,
    lists: {
      days: snapshot.days.map(flat),
      'today.path': path.map(flat),
      'equity.points': points.map(flat),
      limits: snapshot.limits.map(({ kind, ...limit }) => flat({ key: kind, ...limit })),
      byStrategy: snapshot.byStrategy.map(groupNamed),
      byOpportunityType: snapshot.byOpportunityType.map(groupNamed),
      'exposure.markets': exposure.markets.map(exposureNamed),
      'exposure.venues': exposure.venues.map(exposureNamed),
      openTrades: snapshot.openTrades.map(tradeNamed),
      recentCloses: snapshot.recentCloses.map(tradeNamed),
      rejections: snapshot.rejections.map(reasonNamed),
      failures: snapshot.failures.map(reasonNamed),
    },
  };
}

type Texts = Readonly<Record<string, string>>;

const reasonNamed = ({ reason, count }: Snapshot['rejections'][number]): Texts =>
  flat({ key: reason, count });

const exposureNamed = ({ group, ...rest }: Snapshot['exposure']['markets'][number]): Texts =>
  flat({ name: nameOf(group), ...rest });

const tradeNamed = ({ fees: _, ...trade }: Trade): Texts => flat(trade);

const figureNamed = ([id, figure]: [string, Figure]): Texts => ({
  ...withDetails(`figures.${id}`, figure),
});

const groupNamed = ({ group, expectancy, ...rest }: Snapshot['byStrategy'][number]): Texts => ({
  ...flat({ key: nameOf(group), ...rest }),
  ...withDetails('expectancy', expectancy),
});

const nameOf = (group: GroupName): string =>
  group.kind === 'named' ? `named ${group.name}` : group.kind;

const textOf = (figure: Figure): string => figure.value ?? figure.kind;

/** The figure and what it rests on, each under a name. */
function withDetails(name: string, figure: Figure): Texts {
  const { n, plusMinus, interval } = figure.kind === 'value' ? figure : {};
  return {
    [name]: textOf(figure),
    [`${name}.n`]: String(n ?? null),
    [`${name}.plusMinus`]: plusMinus ?? 'null',
    [`${name}.low`]: interval?.low ?? 'null',
    [`${name}.high`]: interval?.high ?? 'null',
    [`${name}.reason`]: figure.kind === 'value' ? 'null' : figure.reason,
  };
}

const isFigure = (value: object): value is Figure =>
  'kind' in value && 'value' in value && (value.value === null || typeof value.value === 'string');

/** Leaves of an object by their path, as text; a figure is one leaf. */
function flat(object: object): Texts {
  const leaves = Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null) return [[name, String(value)] as const];
    if (isFigure(value)) return [[name, textOf(value)] as const];
    return Object.entries(flat(value)).map(([rest, leaf]) => [`${name}.${rest}`, leaf] as const);
  });
  return Object.fromEntries(leaves);
}
