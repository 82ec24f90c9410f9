/** For tests of the editor's page: a draft at its address, and its cells by their labels. Never part of the application. */
import { screen } from '@testing-library/angular';
import userEvent, { UserEvent } from '@testing-library/user-event';
import { FactureVue } from '../../../api';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { facture } from '../exemples';
import { routes } from '../routes';

export const BROUILLON = facture({ statut_document: 'BROUILLON', numero: null, date_emission: null, date_echeance: null });
export const CLIENT = {
  id: 'c1',
  nom_affiche: 'Gamma SARL',
  type: 'ENTREPRISE',
  siren: '732829320',
  email: 'client@exemple.fr',
  archive: false,
  adresse: { ligne1: '1 rue A', ville: 'Paris' },
  conditions_paiement: { delai_jours: 45, mode: 'FIN_DE_MOIS' },
};
const VERIFICATION = { facture_id: 'f1', date_emission: '2026-11-30', serie: 'FA-2026', emissible: true, controles: [], effets: null };

const nomDe = (champ: Element | null): string =>
  (champ?.getAttribute('aria-labelledby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent?.trim().replace('\u00a0', ' '))
    .join(' ');

/** Cells are found by their labels as they are written; roles of a whole grid take jsdom seconds on a busy machine. */
export const cellules = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('[data-cle]')];

/** The cell of that column and rank: `PU HT 2`. */
export function cellule(nom: string): HTMLInputElement {
  const trouvee = cellules().find((champ) => nomDe(champ) === nom);
  if (!trouvee) throw new Error(`no cell ${nom}`);
  return trouvee;
}

/** The label of the cell that has the focus. */
export const actif = (): string => nomDe(document.activeElement);

/** The row of a sum. */
export const total = (nom: RegExp): string => screen.getByText(nom, { selector: 'th' }).closest('tr')?.textContent ?? '';

/** The editor, what a person does, and a save that is answered. */
export interface EditeurEssaye extends PageEssayee {
  readonly qui: UserEvent;
  /** Save with Ctrl+S, answer the write, and give its body. */
  enregistrer(reponse?: Partial<FactureVue>, etag?: string): Promise<{ readonly lignes: readonly unknown[] }>;
}

/** Opens the draft `f1`, or whatever is at `url`. */
export async function ouvrirEditeur(url = '/factures/f1/modification', f: FactureVue = BROUILLON): Promise<EditeurEssaye> {
  sessionStorage.clear();
  const essai = await essayer(routes, url, { voisines: ['clients', 'paiements'] });
  const qui = userEvent.setup();
  if (url.includes('/f1/')) {
    essai.un('/api/factures/f1').flush(f, { headers: { ETag: '"1"' } });
    await essai.apres();
    await essai.repondre('/api/clients/c1', CLIENT);
    await essai.repondre('/api/factures/f1/verification', VERIFICATION);
  }
  const enregistrer = async (reponse: Partial<FactureVue> = {}, etag = '"2"'): Promise<{ readonly lignes: readonly unknown[] }> => {
    await qui.keyboard('{Control>}s{/Control}');
    await essai.apres();
    const requete = essai.un('/api/factures/f1');
    requete.flush({ ...BROUILLON, ...reponse }, { headers: { ETag: etag } });
    await essai.apres();
    return requete.request.body as { readonly lignes: readonly unknown[] };
  };
  return { ...essai, qui, enregistrer };
}
