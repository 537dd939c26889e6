import { type SQL, sql } from 'drizzle-orm';
import { instantOf, type Scope } from './scope.ts';

/** Creation of the newest row, and of the next one that is dated later today; both by index. */
export async function readCreation({ db, t, asOf, day }: Scope) {
  const at = (pick: SQL, where: SQL) => sql`(select ${pick} from ${t} where ${where})`;
  const [row] = await db
    .select({
      newestRowAt: instantOf(at(sql`max(${t.createdAt})`, sql`${t.createdAt} <= ${asOf}`)),
      nextRowAt: instantOf(
        at(sql`min(${t.createdAt})`, sql`${t.createdAt} > ${asOf} and ${t.createdAt} < ${day.end}`),
      ),
    })
    .from(sql`(select) as nothing`);
  if (row === undefined) throw new Error('A select without a relation yields one row');
  return row;
}
