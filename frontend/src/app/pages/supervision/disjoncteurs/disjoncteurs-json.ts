/** Circuit breakers as rows, in Resilience4j's words turned into ours. */
import { EtatAffiche } from '../../../kernel/table';
import { Reponse } from '../parc/interrogation';
import { Cible } from '../parc/modele';

/** What `/actuator/circuitbreakers` says; rates are `"12.5%"`, `"-1.0%"` while there are too few calls. */
export interface DisjoncteursJson {
  readonly circuitBreakers: Readonly<Record<string, DisjoncteurJson>>;
}

export interface DisjoncteurJson {
  readonly state: string;
  readonly failureRate: string;
  readonly slowCallRate: string;
  readonly failureRateThreshold: string;
  readonly slowCallRateThreshold: string;
  readonly bufferedCalls: number;
  readonly failedCalls: number;
  readonly slowCalls: number;
  readonly notPermittedCalls: number;
  /** Ours only: since when it is in its state, and what an operator ordered. */
  readonly stateSince?: string;
  readonly forced?: OrdreTenu | null;
}

/** Why and until when the instance keeps a breaker where somebody put it. */
export interface OrdreTenu {
  readonly reason: string | null;
  readonly since: string;
  readonly until: string | null;
}

/** The rates of one breaker at one look, in percent; undefined while there are too few calls. */
export interface Releve {
  /** Milliseconds of our clock. */
  readonly le: number;
  readonly echec: number | undefined;
  readonly lenteur: number | undefined;
}

export interface LigneDisjoncteur {
  readonly cle: string;
  readonly cible: Cible;
  readonly nom: string;
  readonly brut: DisjoncteurJson;
  readonly etat: EtatAffiche;
  /** The instance has not answered the last time: these figures are older. */
  readonly perimee: boolean;
  /** When these figures came. */
  readonly lueLe: Date | undefined;
}

/** Since when a breaker is seen in its state; `exacte` when the change itself was seen. */
export interface Depuis {
  readonly etat: string;
  readonly le: Date;
  readonly exacte: boolean;
}

const ETATS: Readonly<Record<string, EtatAffiche & { readonly rang: number }>> = {
  OPEN: { mot: $localize`ouvert`, signe: '✕', ton: 'mal', rang: 0 },
  FORCED_OPEN: { mot: $localize`ouvert de force`, signe: '✕', ton: 'mal', rang: 1 },
  HALF_OPEN: { mot: $localize`à l'essai`, signe: '◐', ton: 'attention', rang: 2 },
  DISABLED: { mot: $localize`désactivé`, signe: '‖', ton: 'attention', rang: 3 },
  METRICS_ONLY: { mot: $localize`mesure seule`, signe: '‖', ton: 'attention', rang: 4 },
  CLOSED: { mot: $localize`fermé`, signe: '✓', ton: 'bien', rang: 5 },
};

/** All breakers of all answers, those that are not closed first. */
export function lignesDe(reponses: readonly Reponse<DisjoncteursJson>[]): LigneDisjoncteur[] {
  const lignes = reponses.flatMap(({ cible, corps, probleme, lueLe }) =>
    Object.entries(corps?.circuitBreakers ?? {}).map(([nom, brut]): LigneDisjoncteur => {
      const etat = ETATS[brut.state] ?? { mot: brut.state, signe: '?', ton: 'discret' as const };
      return { cle: `${cible.cle} ${nom}`, cible, nom, brut, etat, perimee: probleme !== undefined, lueLe };
    }),
  );
  return lignes.sort((a, b) => rangDe(a) - rangDe(b) || a.cle.localeCompare(b.cle));
}

/** `"12.5%"` gives `12,5 %`, with U+00A0; empty while too few calls came. */
export function tauxDe(pourcent: string): string {
  return enPourCent(nombreDe(pourcent));
}

/** `"12.5%"` gives 12.5; undefined while too few calls came. */
export function nombreDe(pourcent: string): number | undefined {
  const nombre = Number.parseFloat(pourcent);
  return Number.isNaN(nombre) || nombre < 0 ? undefined : nombre;
}

/** `12,5 %`, with U+00A0; empty for what is not known. */
export function enPourCent(taux: number | undefined): string {
  return taux === undefined ? '' : `${taux.toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0%`;
}

/** What is known of changes of state after another look at the breakers. */
export function observer(avant: ReadonlyMap<string, Depuis>, lignes: readonly LigneDisjoncteur[], le: Date): ReadonlyMap<string, Depuis> {
  return new Map(
    lignes.map(({ cle, brut }) => {
      const connu = avant.get(cle);
      return [cle, connu?.etat === brut.state ? connu : { etat: brut.state, le, exacte: connu !== undefined }];
    }),
  );
}

function rangDe({ brut }: LigneDisjoncteur): number {
  return ETATS[brut.state]?.rang ?? 2;
}
