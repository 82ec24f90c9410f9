/** What the services answer, for tests. */
import { ClientJson, FactureVue, PaiementJson } from '../../api';

export function client(id: string, champs: Partial<ClientJson> = {}): ClientJson {
  return {
    id,
    type: 'ENTREPRISE',
    raison_sociale: `Société ${id}`,
    nom_affiche: `Société ${id}`,
    prenom: null,
    nom: null,
    siren: null,
    siret: null,
    tva_intracom: null,
    reference_externe: null,
    adresse: { ligne1: '1 rue A', ligne2: null, code_postal: '75001', ville: 'Paris', pays: 'FR' },
    email: `${id}@clients.example`,
    telephone: null,
    langue: 'fr',
    conditions_paiement: { delai_jours: 30, mode: 'NET' },
    politique_relance: 'standard',
    suspension: null,
    archive: false,
    cree_le: '2026-11-01T09:00:00Z',
    modifie_le: '2026-11-02T09:00:00Z',
    ...champs,
  };
}

export function facture(id: string, champs: Partial<FactureVue> = {}): FactureVue {
  return {
    id,
    type: 'FACTURE',
    numero: `FA-${id}`,
    date_emission: '2026-10-01',
    date_echeance: '2026-10-31',
    statut_document: 'EMISE',
    total_ttc_centimes: 10_000,
    reste_centimes: 10_000,
    ecarts_centimes: 0,
    en_retard: false,
    jours_retard: 0,
    devise: 'EUR',
    litige: null,
    ...champs,
  } as FactureVue;
}

export function paiement(id: string, champs: Partial<PaiementJson> = {}): PaiementJson {
  return {
    id,
    date_paiement: '2026-10-20',
    montant_centimes: 4_000,
    non_affecte_centimes: 0,
    devise: 'EUR',
    moyen: 'VIREMENT',
    reference: `VIR ${id}`,
    reference_externe: null,
    etat: 'CONFIRME',
    affectations: [],
    remboursements: [],
    rejet: null,
    ...champs,
  } as PaiementJson;
}

/** A list as any service answers it. */
export function page(elements: readonly object[], autres: object = {}): object {
  return { elements, suivant: null, total: elements.length, ...autres };
}
