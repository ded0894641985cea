/** A statement said this often over one connection is worth keeping at the server. */
const KEPT_FROM = 2;
/** Statements kept at the server for a connection, whose memory they take. */
const KEPT_MAX = 200;
/** Texts that are counted. Lists of any length and filters of any make give ever new ones, which are forgotten again. */
const COUNTED_MAX = 1_000;

/** The server no longer has the statement, or what it reads from was changed since it was prepared. */
const OUTDATED: ReadonlySet<unknown> = new Set<unknown>(['26000', '0A000']);

/** A statement as knex gives it to a connection. */
export interface Statement {
  text?: string;
  values?: readonly unknown[];
  name?: string;
}

/**
 * Names the statements that a connection says again and again. The server parses and plans a named statement once and
 * then only carries it out, which is several times quicker for those of a turn: planning takes it longer than reading.
 * Source: https://www.postgresql.org/docs/current/sql-prepare.html
 */
export class PreparedStatements {
  private readonly counts = new Map<string, number>();
  private readonly names = new Map<string, string>();
  private made = 0;

  /** The statement, with the name by which the server keeps it once it has come often enough. */
  named(statement: Statement): Statement {
    const { text, values, name } = statement;
    if (text === undefined || name !== undefined || !values || values.length === 0) return statement;
    const kept = this.names.get(text) ?? this.keep(text);
    return kept === undefined ? statement : { ...statement, name: kept };
  }

  /**
   * Whether a statement failed only because what the server kept of it no longer holds. It was not carried out then, and
   * may be said again as it is; all that was prepared before is let go of, since a change of tables concerns many.
   */
  outdated({ text, name }: Statement, error: object): boolean {
    if (text === undefined || this.names.get(text) !== name) return false;
    if (!OUTDATED.has(Reflect.get(error, 'code'))) return false;
    this.names.clear();
    return true;
  }

  private keep(text: string): string | undefined {
    const count = (this.counts.get(text) ?? 0) + 1;
    if (count < KEPT_FROM || this.names.size >= KEPT_MAX) {
      if (this.counts.size >= COUNTED_MAX) this.counts.clear();
      this.counts.set(text, count);
      return undefined;
    }
    this.made += 1;
    this.counts.delete(text);
    const name = `often_${this.made}`;
    this.names.set(text, name);
    return name;
  }
}
