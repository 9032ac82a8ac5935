/** One step of the schema. Released ones are never edited; every statement is known to PostgreSQL 15. */
export type Migration = { readonly number: number; readonly name: string; readonly sql: string }
