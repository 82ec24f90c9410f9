/** A client's record as the form holds it, and as the service takes it. */
import { ClientJson, ConditionsJson, FicheJson, SuspensionJson, TypeClient } from '../../../api';
import { ChampCompare } from '../../../kernel/conflit';
import { direConditions, TYPES } from '../mots';

/** Every field a text, empty when there is nothing; `type` is empty until it is chosen, it is never guessed. */
export interface Modele {
  readonly type: TypeClient | '';
  readonly raison_sociale: string;
  readonly prenom: string;
  readonly nom: string;
  readonly siren: string;
  readonly siret: string;
  readonly tva_intracom: string;
  readonly reference_externe: string;
  readonly ligne1: string;
  readonly ligne2: string;
  readonly code_postal: string;
  readonly ville: string;
  readonly pays: string;
  readonly email: string;
  readonly telephone: string;
  readonly langue: string;
  readonly delai_jours: string;
  readonly mode: NonNullable<ConditionsJson['mode']>;
  readonly politique_relance: string;
  /** Not a field: decided on the sheet, and sent back as it was. */
  readonly suspension: SuspensionJson | null;
}

export const VIERGE: Modele = {
  type: '',
  raison_sociale: '',
  prenom: '',
  nom: '',
  siren: '',
  siret: '',
  tva_intracom: '',
  reference_externe: '',
  ligne1: '',
  ligne2: '',
  code_postal: '',
  ville: '',
  pays: 'FR',
  email: '',
  telephone: '',
  langue: 'fr',
  delai_jours: '30',
  mode: 'NET',
  politique_relance: 'standard',
  suspension: null,
};

/** The form's field for a pointer of the service. */
export function champDuPointeur(pointer: string): string {
  return pointer.replace(/^\/(adresse|conditions_paiement)(?=\/)/, '').replace(/^\/adresse$/, '/ligne1');
}

/** The longest lawful term in days: C. com. L441-10 between businesses, 30 days for a public buyer, a check of typing for a consumer. */
export function delaiMaximal(type: TypeClient | '', mode: Modele['mode']): number {
  if (type === 'PARTICULIER') return 365;
  if (type === 'PUBLIC') return 30;
  return mode === 'NET' ? 60 : 45;
}

/** A stored client as the form shows it. */
export function versModele(client: ClientJson): Modele {
  const { adresse, conditions_paiement: conditions } = client;
  return {
    type: client.type,
    raison_sociale: client.raison_sociale ?? '',
    prenom: client.prenom ?? '',
    nom: client.nom ?? '',
    siren: client.siren ?? '',
    siret: client.siret ?? '',
    tva_intracom: client.tva_intracom ?? '',
    reference_externe: client.reference_externe ?? '',
    ligne1: adresse?.ligne1 ?? '',
    ligne2: adresse?.ligne2 ?? '',
    code_postal: adresse?.code_postal ?? '',
    ville: adresse?.ville ?? '',
    pays: adresse?.pays ?? 'FR',
    email: client.email ?? '',
    telephone: client.telephone ?? '',
    langue: client.langue ?? 'fr',
    delai_jours: String(conditions?.delai_jours ?? 30),
    mode: conditions?.mode ?? 'NET',
    politique_relance: client.politique_relance ?? 'standard',
    suspension: client.suspension ?? null,
  };
}

/** Whether anything of an address was typed. */
export function aUneAdresse({ ligne1, ligne2, code_postal, ville }: Modele): boolean {
  return [ligne1, ligne2, code_postal, ville].some((partie) => partie.trim());
}

/** What the service is sent: the fields that this type of client has, trimmed, empty ones null. */
export function versFiche(modele: Modele): FicheJson {
  const { type } = modele;
  if (!type) throw new Error('the type is required before a record is made');
  const particulier = type === 'PARTICULIER';
  const sien = (cle: keyof Modele, existe: boolean): string | null => (existe ? ouRien(modele[cle] as string) : null);
  return {
    type,
    raison_sociale: sien('raison_sociale', !particulier),
    prenom: sien('prenom', particulier),
    nom: sien('nom', particulier),
    siren: sien('siren', !particulier),
    siret: sien('siret', !particulier),
    tva_intracom: sien('tva_intracom', !particulier),
    reference_externe: ouRien(modele.reference_externe),
    adresse: adresseDe(modele),
    email: ouRien(modele.email),
    telephone: ouRien(modele.telephone),
    langue: modele.langue.trim(),
    conditions_paiement: { delai_jours: Number(modele.delai_jours), mode: type === 'PUBLIC' ? 'NET' : modele.mode },
    politique_relance: modele.politique_relance,
    suspension: modele.suspension,
  };
}

function adresseDe(modele: Modele): FicheJson['adresse'] {
  if (!aUneAdresse(modele)) return null;
  return {
    ligne1: modele.ligne1.trim(),
    ligne2: ouRien(modele.ligne2),
    code_postal: ouRien(modele.code_postal),
    ville: modele.ville.trim(),
    pays: modele.pays.trim().toUpperCase() || 'FR',
  };
}

function ouRien(texte: string): string | null {
  return texte.trim() || null;
}

/** The names of the fields, in the order of the page. */
export const LIBELLES: Readonly<Record<Exclude<keyof Modele, 'suspension'>, string>> = {
  type: $localize`Type`,
  raison_sociale: $localize`Raison sociale`,
  prenom: $localize`Prénom`,
  nom: $localize`Nom`,
  siren: $localize`SIREN`,
  siret: $localize`SIRET`,
  tva_intracom: $localize`TVA intracommunautaire`,
  reference_externe: $localize`Référence externe`,
  ligne1: $localize`Adresse`,
  ligne2: $localize`Complément d'adresse`,
  code_postal: $localize`Code postal`,
  ville: $localize`Ville`,
  pays: $localize`Pays`,
  email: $localize`Courriel`,
  telephone: $localize`Téléphone`,
  langue: $localize`Langue`,
  delai_jours: $localize`Délai de paiement, en jours`,
  mode: $localize`Mode de calcul de l'échéance`,
  politique_relance: $localize`Politique de relance`,
};

/** How fields are compared when somebody else changed the record meanwhile; the suspension is always theirs. */
export const COMPARES: readonly ChampCompare<Modele>[] = (Object.keys(LIBELLES) as (keyof typeof LIBELLES)[]).map((cle) => ({
  cle,
  libelle: LIBELLES[cle],
  dire: (modele) => direChamp(modele, cle),
}));

function direChamp(modele: Modele, cle: keyof typeof LIBELLES): string {
  if (cle === 'type') return modele.type && TYPES[modele.type];
  if (cle === 'mode') return direConditions({ delai_jours: Number(modele.delai_jours), mode: modele.mode });
  return modele[cle];
}
