/** Payments for the tests of this family. Never part of the application. */
import { FactureOuverteJson, PaiementJson } from '../../api';

export const GAMMA = { id: 'c1', nom_affiche: 'Gamma SARL', siren: '732829320', adresse: { ville: 'Paris' } };

/** A confirmed payment of 240,00 €, half of it allocated. */
export function paiement(change: Partial<PaiementJson> = {}): PaiementJson {
  return {
    id: 'p1',
    client_id: 'c1',
    montant_centimes: 24_000,
    devise: 'EUR',
    date_paiement: '2026-11-20',
    source: 'SAISIE',
    reference_externe: null,
    moyen: 'VIREMENT',
    reference: 'VIR 118',
    notifier: true,
    etat: 'CONFIRME',
    affectations: [
      {
        affectation_id: 'a1',
        facture_id: 'f1',
        numero: 'FA-2026-000001',
        montant_centimes: 12_000,
        etat: 'AFFECTEE',
        motif: null,
        date: '2026-11-20',
      },
    ],
    remboursements: [],
    rejet: null,
    affecte_centimes: 12_000,
    en_attente_centimes: 0,
    rembourse_centimes: 0,
    remboursable_centimes: 24_000,
    non_affecte_centimes: 12_000,
    cree_le: '2026-11-20T09:00:00Z',
    modifie_le: '2026-11-20T09:00:00Z',
    ...change,
  };
}

/** An open invoice of the client. */
export function ouverte(rang: number, reste_centimes: number): FactureOuverteJson {
  return {
    facture_id: `f${rang}`,
    numero: `FA-2026-00000${rang}`,
    date_emission: '2026-10-01',
    date_echeance: '2026-10-31',
    jours_retard: 20,
    en_litige: false,
    total_ttc_centimes: reste_centimes,
    reste_centimes,
  };
}
