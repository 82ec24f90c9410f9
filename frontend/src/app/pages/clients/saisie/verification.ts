import { computed, Signal } from '@angular/core';
import { ConstatJson, DoublonJson } from '../../../api';
import { getClientsDoublonsRequest, getClientsVerificationRequest } from '../../../api/@angular/common.gen';
import { differer, lire } from '../../../kernel/data';
import { aUneAdresse, Modele } from './modele';

/** A field that the service has an opinion of while it is typed. */
export type ChampVerifie = ConstatJson['champ'];

/** A value the service proposes for a field, which may be another one than it looked at. */
export interface Proposee {
  readonly pour: keyof Modele;
  readonly valeur: string;
}

/** What the service thinks of the fields as they are now. */
export interface Verification {
  /** Its finding for a field, as long as the field still holds what was looked at. */
  constat(champ: ChampVerifie): ConstatJson | undefined;
  /** The value it proposes for a field that holds another one. */
  proposee(pour: keyof Modele): string | undefined;
}

const CHAMPS: readonly ChampVerifie[] = ['siren', 'siret', 'tva_intracom', 'code_postal', 'pays', 'email', 'telephone'];
const D_ENTREPRISE: readonly ChampVerifie[] = ['siren', 'siret', 'tva_intracom'];
const PAUSE_MS = 350;

/** Asks about the fields at every pause in typing; nothing waits for the answer. Needs an injection context. */
export function verifier(modele: Signal<Modele>): Verification {
  const question = computed(() => questionDe(modele()));
  const posee = differer(question, PAUSE_MS);
  const lecture = lire<ConstatJson[]>(() => {
    const { type, ...champs } = posee();
    return Object.keys(champs).length ? getClientsVerificationRequest({ query: { type: type || 'ENTREPRISE', ...champs } }) : undefined;
  });
  const constats = computed(() => new Map(lecture.valeur()?.map((constat) => [constat.champ, constat])));
  const constat = (champ: ChampVerifie): ConstatJson | undefined => {
    const [maintenant, alors] = [question(), posee()];
    const tient = !lecture.enCours() && maintenant[champ] && maintenant[champ] === alors[champ] && maintenant.type === alors.type;
    return tient ? constats().get(champ) : undefined;
  };
  const proposee = (pour: keyof Modele): string | undefined =>
    CHAMPS.map(constat)
      .filter((un) => un?.propose && un.propose_pour === pour && un.propose !== modele()[pour])
      .map((un) => un?.propose ?? undefined)[0];
  return { constat, proposee };
}

/** Clients that may be the one being typed; `sauf` is the one being changed. Needs an injection context. */
export function chercherDoublons(modele: Signal<Modele>, sauf: string): Signal<readonly DoublonJson[]> {
  const indices = differer(
    computed(() => indicesDe(modele(), sauf)),
    PAUSE_MS,
  );
  const lecture = lire<DoublonJson[]>(() => {
    const { sauf: lui, ...connus } = indices();
    return Object.keys(connus).length ? getClientsDoublonsRequest({ query: { ...connus, ...(lui && { sauf: lui }) } }) : undefined;
  });
  return computed(() => (Object.keys(indices()).length > (sauf ? 1 : 0) ? (lecture.valeur() ?? []) : []));
}

type Question = Partial<Record<ChampVerifie, string>> & { type: Modele['type'] };

function questionDe(modele: Modele): Question {
  const particulier = modele.type === 'PARTICULIER';
  const regardes = CHAMPS.filter((champ) => !(particulier && D_ENTREPRISE.includes(champ)) && (champ !== 'pays' || aUneAdresse(modele)));
  return { ...renseignes(Object.fromEntries(regardes.map((champ) => [champ, modele[champ]]))), type: modele.type };
}

function indicesDe({ type, siren, siret, raison_sociale, prenom, nom, email }: Modele, sauf: string): Record<string, string> {
  const particulier = type === 'PARTICULIER';
  const nomComplet = particulier ? `${prenom} ${nom}` : raison_sociale;
  return { ...renseignes({ nom: nomComplet, email, ...(!particulier && { siren, siret }) }), ...(sauf && { sauf }) };
}

function renseignes(champs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(champs)
      .map(([nom, valeur]) => [nom, valeur.trim()])
      .filter(([, valeur]) => valeur),
  );
}
