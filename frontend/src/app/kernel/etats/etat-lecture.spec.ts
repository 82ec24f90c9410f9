import { signal } from '@angular/core';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { Lecture, Probleme } from '../data';
import { EtatLecture } from './etat-lecture';

const PANNE: Probleme = { titre: 'Pas de réponse', erreurs: [] } as unknown as Probleme;

async function monter({ perimee, probleme, autre }: { perimee: boolean; probleme?: Probleme; autre?: Probleme }) {
  const recharger = vi.fn();
  const lecture: Lecture<string> = {
    valeur: signal('vu'),
    etag: signal(undefined),
    lueLe: signal(new Date('2026-11-20T09:42:00Z')),
    enCours: signal(false),
    probleme: signal(probleme),
    perimee: signal(perimee),
    recharger,
  };
  await render(EtatLecture, { inputs: { lecture, probleme: autre } });
  return recharger;
}

describe('EtatLecture', () => {
  it('says how old the value is while newer ones cannot be read, instead of why', async () => {
    await monter({ perimee: true, probleme: PANNE });
    expect(screen.getByRole('status').textContent).toContain('10:42');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says why there is no value, and reads again when it is told to', async () => {
    const recharger = await monter({ perimee: false, probleme: PANNE });
    expect(screen.getByRole('alert').textContent).toContain('Pas de réponse');
    await userEvent.setup().click(screen.getByRole('button', { name: 'Réessayer' }));
    expect(recharger).toHaveBeenCalledOnce();
  });

  it('says what else failed', async () => {
    await monter({ perimee: false, autre: { ...PANNE, titre: 'Page suivante illisible' } });
    expect(screen.getByRole('alert').textContent).toContain('Page suivante illisible');
  });

  it('is silent when all is well', async () => {
    await monter({ perimee: false });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('status')).toBeNull();
  });
});
