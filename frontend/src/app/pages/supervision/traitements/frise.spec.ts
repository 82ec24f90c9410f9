import { provideRouter } from '@angular/router';
import { render, screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { passe } from './exemples';
import { Frise } from './frise';
import { dansFenetre, fenetreDe } from './semaine';

const MAINTENANT = Date.parse('2026-11-30T21:00:00Z');
const HEURE_MS = 3_600_000;
const PASSES = [
  passe('9', { statut: 'STARTED', debut: '2026-11-30T20:00:00Z', fin: null, duree_ms: HEURE_MS }),
  passe('8', { statut: 'FAILED', debut: '2026-11-27T08:00:00Z', fin: '2026-11-27T20:00:00Z', duree_ms: 12 * HEURE_MS }),
  passe('7', { job: 'repriseJob', debut: '2026-11-24T08:00:00Z', fin: '2026-11-24T08:00:05Z', duree_ms: 5_000 }),
  passe('6', { debut: '2026-11-23T08:00:00Z', fin: '2026-11-23T08:00:05Z' }),
];

async function montrer(passes = PASSES, autres: Record<string, unknown> = {}) {
  const inputs = { jobs: ['relanceJob', 'repriseJob'], passes, maintenant: MAINTENANT, lue: true, ...autres };
  await render(Frise, { inputs, providers: [provideRouter([])] });
}

const frise = () => screen.getByRole('group', { name: 'Exécutions des sept derniers jours' });
const barres = () => within(frise()).getAllByRole('link');
const forme = (barre: HTMLElement | undefined) => {
  const rect = barre?.querySelector('.forme');
  return ['x', 'width'].map((nom) => Number(rect?.getAttribute(nom)));
};

describe('fenetreDe', () => {
  it.each([
    ['2026-11-30T21:00:00Z', '2026-11-23T23:00:00.000Z', 168],
    ['2026-11-30T23:30:00Z', '2026-11-24T23:00:00.000Z', 168],
    ['2026-10-27T10:00:00Z', '2026-10-20T22:00:00.000Z', 169],
    ['2026-03-31T10:00:00Z', '2026-03-24T23:00:00.000Z', 167],
  ])('at %s begins at the midnight of Paris six days before, %s, and has %i hours', (instant, debut, heures) => {
    const fenetre = fenetreDe(Date.parse(instant));
    expect(new Date(fenetre.debut).toISOString()).toBe(debut);
    expect((fenetre.fin - fenetre.debut) / HEURE_MS).toBe(heures);
    expect(fenetre.jours).toHaveLength(7);
  });
});

describe('dansFenetre', () => {
  it('keeps what still ran when the window began, and what has no end yet', () => {
    const fenetre = fenetreDe(MAINTENANT);
    const avant = { debut: '2026-11-20T08:00:00Z', cree_le: '2026-11-20T08:00:00Z', fin: null, duree_ms: 0 };
    const passes = [
      passe('4', { ...avant, statut: 'STARTED' }),
      passe('3', { ...avant, fin: '2026-11-24T08:00:00Z' }),
      passe('2', { ...avant, statut: 'ABANDONED' }),
      passe('1', { ...avant, debut: null, statut: 'STARTING' }),
    ];
    expect(dansFenetre(passes, fenetre, MAINTENANT).map(({ id }) => id)).toEqual(['1', '3', '4']);
  });
});

describe('Frise', () => {
  it('draws a bar for each run of the week, oldest first, with its state in words and where it leads', async () => {
    await montrer();
    expect(barres().map((barre) => barre.getAttribute('href'))).toEqual([7, 8, 9].map((id) => `/supervision/traitements/${id}`));
    const [, echouee] = barres();
    expect(echouee?.getAttribute('aria-label')).toBe('relanceJob, exécution 8 : ✕ échouée, 27/11/2026 09:00, 12 h 00 min');
    expect(echouee?.querySelector('title')?.textContent).toBe(echouee?.getAttribute('aria-label'));
    expect(echouee?.getAttribute('class')).toBe('mal');
    expect(echouee?.querySelector('.signe')?.textContent).toBe('✕');
    expect(barres()[0]?.querySelector('.signe')).toBeNull();
  });

  it('places bars by the clock: one that goes on ends at the line of now, one of seconds is still seen', async () => {
    await montrer();
    const [courte, longue, enCours] = barres().map(forme);
    const trait = Number(frise().querySelector('.maintenant')?.getAttribute('x1'));
    const minuits = [...frise().querySelectorAll('.grille[y1]:not([x2="100%"])')].map((trait) => Number(trait.getAttribute('x1')));
    const jour = (minuits[1] ?? 0) - (minuits[0] ?? 0);
    expect(minuits).toHaveLength(7);
    expect(longue?.[0]).toBeCloseTo((minuits[3] ?? 0) + (jour * 9) / 24, 3);
    expect(longue?.[1]).toBeCloseTo(jour / 2, 3);
    expect(courte?.[1]).toBe(5);
    expect(enCours?.[0]).toBeCloseTo(trait - jour / 24, 3);
    expect(trait).toBeCloseTo((minuits[6] ?? 0) + (jour * 22) / 24, 3);
  });

  it('has one stop for Tab, then arrows', async () => {
    await montrer();
    const qui = userEvent.setup();
    await qui.tab();
    expect(document.activeElement).toBe(barres()[0]);
    await qui.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(barres()[1]);
    await qui.keyboard('{End}');
    expect(document.activeElement).toBe(barres()[2]);
  });

  it('tells the same as a table on demand', async () => {
    await montrer();
    expect(screen.queryByRole('table')).toBeNull();
    const details = screen.getByText('Les exécutions en tableau').closest('details');
    details?.dispatchEvent(new Event('toggle'));
    const table = within(await screen.findByRole('table', { name: 'Exécutions des sept derniers jours' }));
    expect(table.getAllByRole('row')).toHaveLength(4);
    const echouee = table.getByRole('row', { name: /^8/ });
    expect(echouee.textContent?.replace(/\s+/g, ' ').trim()).toContain('✕ échouée');
    expect(within(echouee).getByRole('link').getAttribute('href')).toBe('/supervision/traitements/8');
    expect(table.getByRole('row', { name: /^9/ }).textContent).toContain('–');
  });

  it('says that nothing ran once that is known', async () => {
    await montrer([passe('6', { debut: '2026-11-01T08:00:00Z', fin: '2026-11-01T08:00:05Z' })]);
    expect(screen.getByText('Aucune exécution ces sept derniers jours.')).toBeTruthy();
  });

  it('says nothing of none before the runs were read', async () => {
    await montrer([], { lue: false });
    expect(screen.queryByText('Aucune exécution ces sept derniers jours.')).toBeNull();
  });

  it('says when only the newest are drawn', async () => {
    await montrer(PASSES, { tronquee: true });
    expect(screen.getByText(/Seules les 1\s000 exécutions les plus récentes/)).toBeTruthy();
  });
});
