import { screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { essayer, PageEssayee } from '../../../kernel/essai';
import { annuaire, CORPS_INJOIGNABLE, INJOIGNABLE } from '../exemples';
import { Annuaire } from '../parc/modele';
import { routes } from '../routes';

const APPS = '/exploitation/registre/apps';
const ACTES = '/exploitation/registre/serverinfo/operatoracts';
const DERNIER = Date.parse('2026-11-30T21:18:25Z');

async function ouvrir(adresse = '/supervision/registre', parc: Annuaire = annuaire()) {
  const page = await essayer(routes, adresse);
  await page.repondre('/exploitation', parc);
  return page;
}

/** Versions, and last beats as the registry tells them at `heure`. */
async function raconter(page: PageEssayee, heure = 'Mon, 30 Nov 2026 21:18:28 GMT') {
  for (const id of ['f%3A1', 'f%3A2']) {
    const leaseInfo = { durationInSecs: 15, lastRenewalTimestamp: DERNIER, registrationTimestamp: DERNIER };
    page.un(`${APPS}/FACTURE-SERVICE/${id}`).flush({ instance: { leaseInfo } }, { headers: { Date: heure } });
    await page.repondre(`/exploitation/facture-service/${id}/info`, { build: { version: id.endsWith('1') ? '0.1.0' : '0.2.0' } });
  }
}

const rang = (nom: RegExp) => screen.getByRole('row', { name: nom });

describe('Registre', () => {
  it('shows each application: instances up, versions, and the lease that is the oldest by the clock of the registry', async () => {
    const page = await ouvrir();
    await raconter(page);
    const texte = rang(/^Instances de facture-service/).textContent?.replace(/\s+/g, ' ');
    expect(texte).toContain('1 / 2');
    expect(texte).toContain('hors service');
    expect(texte).toContain('0.1.0, 0.2.0');
    expect(texte).toContain('3 s sur 15 s');
    expect(texte).toContain('22:18:25');
    expect(rang(/^Instances de discovery/).textContent).toContain('non inscrite');
  });

  it('says which lease is late', async () => {
    const page = await ouvrir();
    await raconter(page, 'Mon, 30 Nov 2026 21:18:41 GMT');
    expect(rang(/^Instances de facture-service/).textContent).toContain('en retard');
  });

  it('is walked by keyboard; what is unfolded is in the address', async () => {
    const { router, apres } = await ouvrir();
    const qui = userEvent.setup();
    rang(/^Instances de discovery/).focus();
    await qui.keyboard('{ArrowDown}{ArrowRight}');
    await apres();
    expect(router.url).toBe('/supervision/registre?depliees=facture-service');
    const instances = screen.getByRole('table', { name: /Instances de facture-service/ });
    expect(within(instances).getByRole('row', { name: /^f:2/ }).textContent).toContain('imposé par un opérateur');
    expect(within(instances).getAllByRole('link', { name: 'Santé' })[0]?.getAttribute('href')).toBe(
      '/supervision/sante?application=facture-service&instance=f:1',
    );
    await qui.keyboard('{ArrowLeft}');
    await apres();
    expect(router.url).toBe('/supervision/registre');
  });

  it('takes an instance out of service after a warning that nobody else is left, and back', async () => {
    const page = await ouvrir('/supervision/registre?depliees=facture-service');
    const qui = userEvent.setup();
    await qui.click(screen.getByRole('button', { name: 'Mettre hors service f:1' }));
    const dialogue = screen.getByRole('dialog', { name: 'Mettre une instance hors service' });
    expect(dialogue.textContent).toContain('seule instance en service de facture-service');
    await qui.click(within(dialogue).getByRole('button', { name: 'Mettre hors service' }));
    expect(within(dialogue).getByRole('alert').textContent).toContain('Dites pourquoi');
    expect(document.activeElement).toBe(within(dialogue).getByLabelText('Motif (obligatoire)'));
    page.http.expectNone(({ method }) => method !== 'GET');
    await qui.type(within(dialogue).getByLabelText('Motif (obligatoire)'), ' disque plein & lent ');
    await qui.click(within(dialogue).getByRole('button', { name: 'Mettre hors service' }));
    const requete = page.un(`${APPS}/FACTURE-SERVICE/f%3A1/status`, { value: 'OUT_OF_SERVICE', motif: 'disque plein & lent' });
    expect([requete.request.method, requete.request.headers.get('X-Requested-With')]).toEqual(['PUT', 'ressort']);
    requete.flush('');
    await page.apres();
    expect(screen.queryByRole('dialog')).toBeNull();
    await page.repondre('/exploitation', annuaire());
    await qui.click(screen.getByRole('button', { name: 'Remettre en service f:2' }));
    await qui.type(screen.getByLabelText('Motif (obligatoire)'), 'disque vidé');
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remettre en service' }));
    expect(page.un(`${APPS}/FACTURE-SERVICE/f%3A2/status`, { value: 'UP', motif: 'disque vidé' }).request.method).toBe('DELETE');
  });

  it('keeps the dialog with the reason when the registry refuses', async () => {
    const page = await ouvrir('/supervision/registre?depliees=facture-service');
    const qui = userEvent.setup();
    await qui.click(screen.getByRole('button', { name: 'Mettre hors service f:1' }));
    await qui.type(screen.getByLabelText('Motif (obligatoire)'), 'x');
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Mettre hors service' }));
    page
      .un(`${APPS}/FACTURE-SERVICE/f%3A1/status`)
      .flush({ title: 'Registre injoignable', code: 'registre-injoignable' }, { status: 502, statusText: '' });
    await page.apres();
    expect(within(screen.getByRole('dialog')).getByRole('alert').textContent).toContain('Registre injoignable');
  });

  it('evicts an instance after saying that a living one comes back, with a reason', async () => {
    const page = await ouvrir('/supervision/registre?depliees=facture-service');
    const qui = userEvent.setup();
    await qui.click(screen.getByRole('button', { name: 'Désinscrire… f:1' }));
    const dialogue = within(screen.getByRole('dialog', { name: 'Désinscrire une instance' }));
    expect(dialogue.getByText(/elle revient d'elle-même/)).toBeTruthy();
    expect(dialogue.getByText(/C'est la seule instance en service/)).toBeTruthy();
    await qui.click(dialogue.getByRole('button', { name: 'Désinscrire' }));
    expect(dialogue.getByRole('alert').textContent).toContain('Dites pourquoi');
    const motif = dialogue.getByLabelText('Motif (obligatoire)');
    expect(document.activeElement).toBe(motif);
    await qui.type(motif, 'machine & disque morts');
    await qui.click(dialogue.getByRole('button', { name: 'Désinscrire' }));
    const adresse = `${APPS}/FACTURE-SERVICE/f%3A1?motif=machine%20%26%20disque%20morts`;
    const requete = page.http.expectOne({ method: 'DELETE', url: adresse });
    expect(requete.request.headers.get('X-Requested-With')).toBe('ressort');
    requete.flush('');
    await page.apres();
    expect(screen.queryByRole('dialog')).toBeNull();
    page.un('/exploitation');
  });

  it('keeps the question of an eviction with why the registry refused; one that is gone already is gone', async () => {
    const page = await ouvrir('/supervision/registre?depliees=facture-service');
    const qui = userEvent.setup();
    await qui.click(screen.getByRole('button', { name: 'Désinscrire… f:1' }));
    await qui.type(screen.getByLabelText('Motif (obligatoire)'), 'x');
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Désinscrire' }));
    const adresse = `${APPS}/FACTURE-SERVICE/f%3A1?motif=x`;
    page.http.expectOne(adresse).flush({ title: 'Registre injoignable', code: 'registre-injoignable' }, { status: 502, statusText: '' });
    await page.apres();
    expect(within(screen.getByRole('dialog')).getByRole('alert').textContent).toContain('Registre injoignable');
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Désinscrire' }));
    page.http.expectOne(adresse).flush('', { status: 404, statusText: '' });
    await page.apres();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows what operators did and why, again at once after another act', async () => {
    const page = await ouvrir('/supervision/registre?depliees=facture-service');
    const acte = (kind: string, status: string | null, reason: string) => ({
      at: '2026-11-30T21:18:00Z',
      app: 'FACTURE-SERVICE',
      instance: 'f:2',
      kind,
      status,
      reason,
    });
    const avant = [acte('overridden', 'OUT_OF_SERVICE', 'disque plein'), acte('evicted', null, 'mort'), acte('overridden', 'DOWN', '')];
    await page.repondre(ACTES, avant);
    const rangs = () => within(screen.getByRole('table', { name: /^Actes des opérateurs/ })).getAllByRole('row');
    const textes = () => rangs().map((rang) => rang.textContent?.replace(/\s+/g, ' '));
    expect(textes()[1]).toMatch(/30\/11\/2026 22:18.*f:2.*‖ hors service.*disque plein/);
    expect(textes()[2]).toMatch(/✕ désinscrite.*mort/);
    expect(textes()[3]).toMatch(/✕ en panne.*–/);
    const qui = userEvent.setup();
    await qui.click(screen.getByRole('button', { name: 'Remettre en service f:2' }));
    await qui.type(screen.getByLabelText('Motif (obligatoire)'), 'vidé');
    await qui.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remettre en service' }));
    page.un(`${APPS}/FACTURE-SERVICE/f%3A2/status`).flush('');
    await page.apres();
    await page.repondre(ACTES, [acte('restored', null, 'vidé'), ...avant]);
    expect(textes()[1]).toMatch(/✓ remise en service.*vidé/);
  });

  it('says that nobody did anything yet', async () => {
    const page = await ouvrir();
    await page.repondre(ACTES, []);
    expect(screen.getByText('Aucun depuis que le registre a démarré.')).toBeTruthy();
  });

  it('says that a registry of another make does not tell what operators did', async () => {
    const page = await ouvrir();
    page.un(ACTES).flush('', { status: 404, statusText: '' });
    await page.apres();
    const actes = within(screen.getByRole('region', { name: 'Actes des opérateurs' }));
    expect(actes.getByText("Ce registre n'en dit rien.")).toBeTruthy();
    expect(actes.queryByRole('alert')).toBeNull();
  });

  it('says in words that the registry is out, and why nobody can be taken out of service then', async () => {
    const registre = { ...annuaire().registre!, joignable: false, raison: 'Connection refused' };
    const sansBail = annuaire().applications.map(({ nom, instances }) => ({
      nom,
      instances: instances.map((i) => ({ ...i, bail: null })),
    }));
    await ouvrir('/supervision/registre?depliees=facture-service', annuaire({ registre, applications: sansBail }));
    expect(screen.getByText(/Le registre ne répond pas \(Connection refused\)/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Mettre hors service f:1' })).toHaveProperty('disabled', true);
    expect(rang(/^f:1/).textContent).toContain('Le registre ne répond pas.');
  });

  it.each([
    [true, /En vigueur/],
    [false, /En veille/],
  ])('explains the self-preservation of the registry in words (%s)', async (active, texte) => {
    const page = await ouvrir();
    await raconter(page);
    const details = { instances: 2, selfPreservation: active };
    await page.repondre('/exploitation/discovery/h%3A8761/health', { status: 'UP', components: { registry: { status: 'UP', details } } });
    expect(within(screen.getByRole('region', { name: 'Protection du registre' })).getByText(texte)).toBeTruthy();
  });

  it('says that the protection is unknown when the registry itself cannot be asked', async () => {
    const page = await ouvrir();
    await raconter(page);
    page.un('/exploitation/discovery/h%3A8761/health').flush(CORPS_INJOIGNABLE, INJOIGNABLE);
    await page.apres();
    expect(screen.getByText(/Inconnue/).textContent).toContain('Instance injoignable');
  });

  it('has a skeleton, then why it failed; a closed installation says so', async () => {
    const page = await essayer(routes, '/supervision/registre');
    expect(screen.getByText('Lecture en cours')).toBeTruthy();
    page.un('/exploitation').flush({ title: 'Exploitation fermée', code: 'exploitation-fermee' }, { status: 404, statusText: '' });
    await page.apres();
    expect(screen.getByRole('alert').textContent).toContain('Exploitation fermée');
    expect(screen.getByText(/fermés sur cette installation/)).toBeTruthy();
  });

  it('keeps the rows greyed with their age while the gateway is out', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await ouvrir();
    vi.advanceTimersByTime(5_000);
    await page.apres();
    page.un('/exploitation').error(new ProgressEvent('error'));
    await page.apres();
    vi.useRealTimers();
    expect(screen.getByText(/Chiffres de/)).toBeTruthy();
    expect(screen.getByRole('table', { name: 'Applications du registre' }).parentElement?.className).toContain('perime');
  });

  it('tells an empty registry', async () => {
    await ouvrir('/supervision/registre', annuaire({ applications: [] }));
    expect(screen.getByText("Personne n'est inscrit au registre")).toBeTruthy();
  });
});
