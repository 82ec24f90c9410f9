import { EvenementVue, FactureVue } from '../../api';

/** An issued invoice for tests; what matters is given. */
export function facture(change: Partial<FactureVue> = {}): FactureVue {
  return { ...FACTURE, ...change };
}

/** An event for tests. */
export function evenement(change: Partial<EvenementVue>): EvenementVue {
  return {
    id: `e-${change.type ?? 'x'}-${change.poste ?? ''}`,
    type: 'CREATION',
    date_effet: '2026-11-20',
    enregistre_le: '2026-11-20T09:00:00Z',
    poste: null,
    montant_centimes: null,
    details: {},
    ...change,
  };
}

const FACTURE: FactureVue = {
  id: 'f1',
  type: 'FACTURE',
  numero: 'FA-2026-000001',
  serie: 'FA-2026',
  reference_externe: null,
  numero_commande: null,
  nature_operation: 'SERVICES',
  statut_document: 'EMISE',
  statut_reglement: 'NON_PAYEE',
  en_retard: false,
  jours_retard: 0,
  client_id: 'c1',
  client: {
    type: 'ENTREPRISE',
    nom_affiche: 'Gamma SARL',
    siren: '732829320',
    siret: null,
    tva_intracom: null,
    adresse: { ligne1: '1 rue A', ligne2: null, code_postal: '75001', ville: 'Paris', pays: 'FR' },
    email: 'client@exemple.fr',
    telephone: null,
    langue: 'fr',
  },
  vendeur: null,
  mentions: [],
  date_emission: '2026-11-20',
  date_livraison: null,
  date_echeance: '2026-12-20',
  lignes: [
    {
      designation: 'Conseil',
      quantite: '2.5',
      unite: 'h',
      prix_unitaire_ht: '80.00',
      remise_pourcent: '0',
      taux_tva: '20.0',
      montant_ht_centimes: 20000,
    },
  ],
  ventilation_tva: [{ taux_tva: '20.0', base_ht_centimes: 20000, tva_centimes: 4000 }],
  total_ht_centimes: 20000,
  total_tva_centimes: 4000,
  total_ttc_centimes: 24000,
  avoirs_centimes: 0,
  regle_centimes: 0,
  ecarts_centimes: 0,
  reste_centimes: 24000,
  devise: 'EUR',
  empreinte: 'sha256:x',
  empreinte_precedente: null,
  litige: null,
  reprise: false,
  cree_le: '2026-11-20T09:00:00Z',
  emise_le: '2026-11-20T09:00:00Z',
  modifie_le: '2026-11-20T09:00:00Z',
};
