import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { client } from '../../../api/client.gen';
import { provideHeyApiClient } from '../../../api/client/client.gen';
import { LigneDeTemps } from './ligne-de-temps';

const ADRESSE = '/api/relances/jours-feries';

async function ouvrir() {
  vi.useFakeTimers({ now: new Date('2026-12-20T10:00:00Z'), shouldAdvanceTime: true });
  const { container } = await render(LigneDeTemps, {
    inputs: { delais: [5, 15] },
    providers: [provideHttpClient(), provideHttpClientTesting(), provideHeyApiClient(client)],
  });
  return { container, http: TestBed.inject(HttpTestingController) };
}

describe('LigneDeTemps', () => {
  afterEach(() => void vi.useRealTimers());

  it('hatches the days without sending, names the holidays, and says when a level leaves that falls on one', async () => {
    const { container, http } = await ouvrir();
    http.expectOne(`${ADRESSE}?du=2026-12-20&au=2027-01-14`).flush([
      { jour: '2026-12-25', nom: 'Noël' },
      { jour: '2027-01-01', nom: "Jour de l'an" },
      { jour: '2027-01-11', nom: 'Après le dernier niveau' },
    ]);
    expect(await screen.findByText("Jours fériés : Noël 25/12/2026, Jour de l'an 01/01/2027.")).toBeTruthy();
    expect(screen.getByText('Niveau 1 : atteint le 25/12/2026, demandé le 28/12/2026.')).toBeTruthy();
    expect(screen.queryByText(/Niveau 2\s:/)).toBeNull();
    expect(container.querySelectorAll('.ligne .ferme')).toHaveLength(3);
  });

  it('looks at another due date, and lets Enter save nothing', async () => {
    const { http } = await ouvrir();
    http.expectOne(`${ADRESSE}?du=2026-12-20&au=2027-01-14`).flush([]);
    const champ = screen.getByLabelText(/Pour une facture échue le/);
    const qui = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    let garde = true;
    champ.ownerDocument.addEventListener('keydown', ({ key }) => (garde &&= key !== 'Enter'), { once: false });
    await qui.clear(champ);
    await qui.type(champ, '01/02/2027{Enter}');
    await vi.waitFor(() => http.expectOne(`${ADRESSE}?du=2027-02-01&au=2027-02-26`));
    expect(garde).toBe(true);
  });
});
