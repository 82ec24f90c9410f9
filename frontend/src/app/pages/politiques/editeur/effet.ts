/** What a draft would change of the reminders of a day, and an example of what it would write. */
import { PolitiqueBrouillonJson, RelanceApercuJson, RelanceSimulee, SimulationVue } from '../../../api';
import { plusJours } from '../../../kernel/format/date';

/** Reminders of one level, of all when `niveau` is 0. */
export interface CompteDeNiveau {
  readonly niveau: number;
  readonly avant: number;
  readonly apres: number;
}

/** A sum of one currency; null where a statutory rate is missing. */
export interface Somme {
  readonly quoi: 'total_du_centimes' | 'interets_centimes' | 'indemnites_centimes';
  readonly devise: string;
  readonly avant: number | null;
  readonly apres: number | null;
}

/** The message of a level: of a reminder that would really go, or made up where none would. */
export interface Exemple {
  readonly message: RelanceApercuJson;
  readonly reel: boolean;
}

/** Reminders by level under the policy in force and under the draft, their sum first. */
export function compterParNiveau(nom: string, niveaux: number, avant: SimulationVue, apres: SimulationVue): CompteDeNiveau[] {
  const [vieilles, neuves] = [cellesDe(nom, avant), cellesDe(nom, apres)];
  const plusHaut = Math.max(niveaux, ...vieilles.map(({ niveau }) => niveau));
  const du = (relances: RelanceSimulee[], niveau: number): number => relances.filter((relance) => relance.niveau === niveau).length;
  return [
    { niveau: 0, avant: vieilles.length, apres: neuves.length },
    ...Array.from({ length: plusHaut }, (_, rang) => ({ niveau: rang + 1, avant: du(vieilles, rang + 1), apres: du(neuves, rang + 1) })),
  ];
}

/** What they ask for, by currency: the debts, the interest and the indemnities told. */
export function sommer(nom: string, avant: SimulationVue, apres: SimulationVue): Somme[] {
  const [vieilles, neuves] = [cellesDe(nom, avant), cellesDe(nom, apres)];
  const devises = [...new Set([...vieilles, ...neuves].map(({ devise }) => devise))].sort();
  return devises.flatMap((devise) =>
    (['total_du_centimes', 'interets_centimes', 'indemnites_centimes'] as const).map((quoi) => ({
      quoi,
      devise,
      avant: somme(vieilles, devise, quoi),
      apres: somme(neuves, devise, quoi),
    })),
  );
}

/** An example for a level: the first reminder of the simulation that has it, otherwise an invoice that never was. */
export function exempleDe(niveau: number, brouillon: PolitiqueBrouillonJson, simulee: SimulationVue | undefined, au: string): Exemple {
  const reelle = simulee && cellesDe(brouillon.nom, simulee).find((relance) => relance.niveau === niveau);
  return reelle ? { message: reelle.message, reel: true } : { message: inventer(niveau, brouillon, au), reel: false };
}

function cellesDe(nom: string, { relances }: SimulationVue): RelanceSimulee[] {
  return relances.filter(({ politique }) => politique === nom);
}

function somme(relances: RelanceSimulee[], devise: string, quoi: Somme['quoi']): number | null {
  const montants = relances.filter((relance) => relance.devise === devise).map((relance) => relance[quoi]);
  return montants.reduce<number | null>((total, montant) => (total === null || montant === null ? null : total + montant), 0);
}

const DU_CENTIMES = 120_000;

function inventer(numero: number, brouillon: PolitiqueBrouillonJson, au: string): RelanceApercuJson {
  const { delai_jours = 1, penalites = false } = brouillon.niveaux[numero - 1] ?? {};
  return {
    type: 'RelanceDemandee',
    relance_id: 'exemple',
    client_id: 'exemple',
    niveau: numero,
    date_reference: au,
    devise: 'EUR',
    politique: brouillon.nom,
    version_politique: 1,
    destinataire: { nom: $localize`Client d'exemple`, email: null, telephone: null, langue: 'fr' },
    credits_centimes: 0,
    total_du_centimes: DU_CENTIMES,
    factures: [
      {
        facture_id: 'exemple',
        numero: 'FA-0000-000000',
        cycle: 1,
        niveau: numero,
        date_emission: plusJours(au, -delai_jours - 30),
        date_echeance: plusJours(au, -delai_jours),
        jours_retard: delai_jours,
        total_ttc_centimes: DU_CENTIMES,
        reste_centimes: DU_CENTIMES,
        interets_centimes: penalites ? null : 0,
        indemnite_centimes: penalites ? (brouillon.indemnite_centimes ?? 0) : 0,
      },
    ],
  };
}
