import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { VerificationVue } from '../../../api';
import { essayer } from '../../../kernel/essai';
import { aujourdHui } from '../../../kernel/format/date';
import { facture } from '../exemples';
import { routes } from '../routes';

const BROUILLON = facture({ statut_document: 'BROUILLON', numero: null, date_emission: null, date_echeance: null });
const VERIFICATION: VerificationVue = {
  facture_id: 'f1',
  date_emission: aujourdHui(),
  serie: 'FA-2026',
  emissible: true,
  controles: [
    { regle: 'client-incomplet', pointer: '/client_id', niveau: 'OK', detail: 'Le client a une adresse postale.' },
    { regle: 'siren-client-absent', pointer: '/client/siren', niveau: 'AVERTISSEMENT', detail: 'Le SIREN manque.' },
  ],
  effets: {
    date_echeance: '2026-12-30',
    total_ttc_centimes: 24000,
    devise: 'EUR',
    mentions: ['Pas d’escompte.'],
    destinataire: { nom: 'Gamma SARL', email: 'client@exemple.fr', langue: 'fr' },
  },
};

async function ouvrir() {
  sessionStorage.clear();
  const essai = await essayer(routes, '/factures/f1', { voisines: ['clients'] });
  const { un, apres } = essai;
  un('/api/factures/f1').flush(BROUILLON, { headers: { ETag: '"3-2026-11-30"' } });
  await essai.repondre('/api/factures/f1/evenements', { elements: [], suivant: null, total: 0 });
  const qui = userEvent.setup();
  await apres();
  await qui.keyboard('{Control>}{Enter}{/Control}');
  await apres();
  const dialogue = screen.getByRole('dialog', { name: 'Émission' });
  const bouton = (name: string) => within(dialogue).getByRole('button', { name });
  return { ...essai, qui, dialogue, bouton };
}

describe('Emission', () => {
  it('shows checks, preview and effects; issues and mails with Ctrl+Enter; the number appears only then', async () => {
    const { repondre, un, qui, dialogue, apres, router } = await ouvrir();
    await repondre('/api/factures/f1/verification', VERIFICATION);
    const regles = within(dialogue)
      .getAllByRole('listitem')
      .map((item) => item.textContent ?? '');
    expect(regles[0]).toContain('Le SIREN manque.');
    expect(dialogue.textContent).toContain('prochain numéro de la série FA-2026');
    expect(dialogue.textContent).toContain('client@exemple.fr');
    expect(within(dialogue).getByTitle('Page légale du document').getAttribute('src')).toBe('/api/factures/f1');
    expect(dialogue.textContent).not.toContain('FA-2026-0');
    await qui.keyboard('{Control>}{Enter}{/Control}');
    const emission = un('/api/factures/f1/emission');
    expect(emission.request.body).toEqual({ date_emission: aujourdHui() });
    expect(emission.request.headers.get('If-Match')).toBe('"3-2026-11-30"');
    expect(emission.request.headers.get('Idempotency-Key')).toBeTruthy();
    emission.flush(facture({ numero: 'FA-2026-000007' }));
    await apres();
    un('/api/factures/f1/envoi').flush({}, { status: 202, statusText: '' });
    await apres();
    expect(dialogue.textContent).toContain('FA-2026-000007');
    expect(dialogue.textContent).toContain('Envoi demandé à client@exemple.fr');
    await qui.click(within(dialogue).getByRole('button', { name: 'Voir la facture' }));
    await apres();
    expect(router.url).toBe('/factures/f1');
  });

  it('issues nothing when the checks cannot be read', async () => {
    const { panne, un, apres, dialogue, bouton, http, qui } = await ouvrir();
    await panne('/api/factures/f1/verification', 'facture-service');
    expect(dialogue.textContent).toContain("rien n'a été émis");
    expect(bouton('Émettre')).toHaveProperty('disabled', true);
    expect(bouton('Émettre et envoyer')).toHaveProperty('disabled', true);
    await qui.keyboard('{Control>}{Enter}{/Control}');
    http.expectNone('/api/factures/f1/emission');
    await qui.click(bouton('Réessayer'));
    await apres();
    un('/api/factures/f1/verification').flush(VERIFICATION);
    await apres();
    expect(bouton('Émettre')).toHaveProperty('disabled', false);
  });

  it('issues nothing against a rule, and leads to what is to be put right', async () => {
    const { repondre, bouton, qui, router, apres } = await ouvrir();
    const erreur = {
      regle: 'client-incomplet',
      pointer: '/client/adresse',
      niveau: 'ERREUR' as const,
      detail: "Le client n'a pas d'adresse.",
    };
    await repondre('/api/factures/f1/verification', { ...VERIFICATION, emissible: false, controles: [erreur] });
    expect(bouton('Émettre')).toHaveProperty('disabled', true);
    await qui.click(bouton('Corriger'));
    await apres();
    expect(router.url).toBe('/clients/c1');
  });

  it('checks again for another day, and is closed meanwhile', async () => {
    const { repondre, un, bouton, qui, dialogue, apres } = await ouvrir();
    await repondre('/api/factures/f1/verification', VERIFICATION);
    const champ = within(dialogue).getByLabelText("Date d'émission");
    await qui.clear(champ);
    await qui.type(champ, '28/11/2026');
    await apres();
    expect(bouton('Émettre')).toHaveProperty('disabled', true);
    await vi.waitFor(() =>
      un('/api/factures/f1/verification', { date_emission: '2026-11-28' }).flush({ ...VERIFICATION, date_emission: '2026-11-28' }),
    );
    await apres();
    await qui.click(bouton('Émettre'));
    expect(un('/api/factures/f1/emission').request.body).toEqual({ date_emission: '2026-11-28' });
  });

  it('says that nothing was issued when it is refused, and that the mail alone failed when it is so', async () => {
    const { repondre, un, bouton, qui, dialogue, apres } = await ouvrir();
    await repondre('/api/factures/f1/verification', VERIFICATION);
    await qui.click(bouton('Émettre'));
    un('/api/factures/f1/emission').flush(
      { title: 'Modifiée', code: 'version-perimee', detail: 'Relisez.' },
      { status: 412, statusText: '' },
    );
    await apres();
    expect(dialogue.textContent).toContain("Rien n'a été émis.");
    await qui.click(bouton('Émettre et envoyer'));
    un('/api/factures/f1/emission').flush(facture());
    await apres();
    un('/api/factures/f1/envoi').flush({ title: 'Non', code: 'x' }, { status: 409, statusText: '' });
    await apres();
    expect(dialogue.textContent).toContain('est émise, mais');
  });

  it('does not mail without an address', async () => {
    const { repondre, bouton } = await ouvrir();
    await repondre('/api/factures/f1/verification', { ...VERIFICATION, effets: { ...VERIFICATION.effets, destinataire: null } });
    expect(bouton('Émettre')).toHaveProperty('disabled', false);
    expect(bouton('Émettre et envoyer')).toHaveProperty('disabled', true);
  });
});
