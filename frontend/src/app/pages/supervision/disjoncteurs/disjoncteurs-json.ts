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
}

export interface LigneDisjoncteur {
  readonly cle: string;
  readonly cible: Cible;
  readonly nom: string;
  readonly brut: DisjoncteurJson;
  readonly etat: EtatAffiche;
  /** The instance has not answered the last time: these figures are older. */
  readonly perimee: boolean;
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
  const lignes = reponses.flatMap(({ cible, corps, probleme }) =>
    Object.entries(corps?.circuitBreakers ?? {}).map(([nom, brut]): LigneDisjoncteur => {
      const etat = ETATS[brut.state] ?? { mot: brut.state, signe: '?', ton: 'discret' as const };
      return { cle: `${cible.cle} ${nom}`, cible, nom, brut, etat, perimee: probleme !== undefined };
    }),
  );
  return lignes.sort((a, b) => rangDe(a) - rangDe(b) || a.cle.localeCompare(b.cle));
}

/** `"12.5%"` gives `12,5 %`, with U+00A0; empty while too few calls came. */
export function tauxDe(pourcent: string): string {
  const nombre = Number.parseFloat(pourcent);
  return Number.isNaN(nombre) || nombre < 0 ? '' : `${nombre.toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0%`;
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
