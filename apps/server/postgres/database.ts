/** How to reach a database as one role: over a private socket, or by URL. */
export type Connection =
  | { host: string; port: number; user: string; password: string; database: string }
  | { connectionString: string }

/** A running PostgreSQL, embedded or the user's own. */
export type Database = {
  /** The base folder of the embedded one; the server's name of the user's own. */
  readonly place: string
  /** True when a server was taken over whose owner had been killed. */
  readonly adopted: boolean
  /** The role that everything but migrations uses: bound by row-level security. */
  readonly runtime: Connection
  /** The role that owns the tables and migrates them. */
  readonly owner: Connection
  /** Tells whoever tries to open the same data where Helmward answers. */
  announce(address: string): void
  /** Calls back when the embedded server ends without having been asked to. */
  onLost(notice: () => void): void
  /** Stops the embedded server; the caller has ended its own connections. */
  stop(): Promise<void>
}
