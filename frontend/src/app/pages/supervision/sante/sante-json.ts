/** What `/actuator/health` says: a tree of components. */
export interface SanteJson {
  readonly status: string;
  readonly components?: Readonly<Record<string, SanteJson>>;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly groups?: readonly string[];
}
