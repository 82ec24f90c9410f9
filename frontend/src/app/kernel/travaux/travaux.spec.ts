import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { client } from '../../api/client.gen';
import { provideHeyApiClient } from '../../api/client/client.gen';
import { ExecutionVue } from '../../api';
import { Annonces } from '../etats';
import { avancement, CanalTravaux, lienDe, OUVRIR_FLUX, TiroirTravaux, Travaux } from '.';
import { etape, execution } from './exemples';

/** A stream in our hands. */
class Flux extends EventTarget {
  ferme = false;
  constructor(readonly url: string) {
    super();
  }
  dire(nom: string, data: ExecutionVue): void {
    this.dispatchEvent(new MessageEvent(nom, { data: JSON.stringify(data) }));
  }
  close(): void {
    this.ferme = true;
  }
}

/** The windows of one browser: what one says the others hear, the first one leads. */
class Canal {
  static autres: ((e: ExecutionVue) => void)[] = [];
  mener: (() => void) | undefined;
  diffuses: ExecutionVue[] = [];
  diffuser(e: ExecutionVue): void {
    this.diffuses.push(e);
  }
  ecouter(recevoir: (e: ExecutionVue) => void): void {
    Canal.autres.push(recevoir);
  }
  briguer(mener: () => void): void {
    this.mener = mener;
  }
}

let flux: Flux[];
let canal: Canal;
let dits: string[];

const PROVIDERS = [
  provideHttpClient(),
  provideHttpClientTesting(),
  provideHeyApiClient(client),
  provideRouter([]),
  { provide: CanalTravaux, useFactory: () => (canal = new Canal()) },
  {
    provide: OUVRIR_FLUX,
    useValue: (url: string) => {
      flux.push(new Flux(url));
      return flux.at(-1);
    },
  },
];

beforeEach(() => {
  localStorage.clear();
  flux = [];
  dits = [];
  Canal.autres = [];
});

function preparer({ chef = true } = {}) {
  TestBed.configureTestingModule({ providers: PROVIDERS });
  vi.spyOn(TestBed.inject(Annonces), 'dire').mockImplementation((texte) => void dits.push(texte));
  const travaux = TestBed.inject(Travaux);
  if (chef) canal.mener?.();
  TestBed.tick();
  return { travaux, http: TestBed.inject(HttpTestingController) };
}

describe('avancement', () => {
  it('weighs the steps of a job, and is whole only when the job is complete', () => {
    const reprise = (etapes: ExecutionVue['etapes'], statut: ExecutionVue['statut'] = 'STARTED') =>
      avancement(execution({ job: 'repriseJob', etapes, statut }));
    const faites = ['preparation', 'lecture', 'clients'].map((nom) => etape(nom, 10, 10, 'COMPLETED'));
    expect(reprise([...faites, etape('factures', 50, 100)])).toEqual({ pourCent: 30, etape: 'Factures', fait: 50, attendu: 100 });
    expect(
      reprise([...faites, etape('factures', 9, 9, 'COMPLETED'), etape('paiements', 9, 9, 'COMPLETED'), etape('controle', 0)]).pourCent,
    ).toBe(99);
    expect(reprise(faites, 'COMPLETED').pourCent).toBe(100);
    expect(avancement(execution())).toEqual({ pourCent: 0, etape: 'Préparation', fait: 0, attendu: undefined });
  });
});

describe('Travaux', () => {
  it('follows a job by one stream until it ends, and says its progress aloud', () => {
    const { travaux } = preparer();
    travaux.suivre(execution());
    TestBed.tick();
    expect(flux.map(({ url }) => url)).toEqual(['/api/jobs/executions/7/evenements']);
    for (const lus of [10, 30, 40, 80]) flux[0]?.dire('progression', execution({ etapes: [etape('relances', lus, 100)] }));
    expect(travaux.enCours().map((e) => avancement(e).pourCent)).toEqual([80]);
    flux[0]?.dire('fin', execution({ statut: 'COMPLETED', etapes: [etape('relances', 100, 100, 'COMPLETED')] }));
    TestBed.tick();
    expect([travaux.enCours(), flux[0]?.ferme]).toEqual([[], true]);
    expect(dits).toEqual([
      'Relances du 01/12/2026 : 0 %',
      'Relances du 01/12/2026 : 25 %',
      'Relances du 01/12/2026 : 75 %',
      'Relances du 01/12/2026 : Terminé',
    ]);
    expect(canal.diffuses.at(-1)?.statut).toBe('COMPLETED');
  });

  it('asks every two seconds while there is no stream, and stops when it comes back', async () => {
    vi.useFakeTimers();
    const { travaux, http } = preparer();
    travaux.suivre(execution());
    TestBed.tick();
    flux[0]?.dispatchEvent(new Event('error'));
    flux[0]?.dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(2_000);
    http.expectOne('/api/jobs/executions/7').flush(execution({ etapes: [etape('relances', 5, 10)] }));
    expect(travaux.execution('7')?.etapes[0]?.lus).toBe(5);
    await vi.advanceTimersByTimeAsync(2_000);
    http.expectOne('/api/jobs/executions/7').error(new ProgressEvent('error'));
    flux[0]?.dire('progression', execution({ etapes: [etape('relances', 7, 10)] }));
    await vi.advanceTimersByTimeAsync(10_000);
    http.verify();
    vi.useRealTimers();
  });

  it('has one stream for several jobs; the others are asked after', () => {
    const { travaux, http } = preparer();
    travaux.suivre(execution());
    TestBed.tick();
    travaux.suivre(execution({ id: '8', job: 'repriseJob' }));
    TestBed.tick();
    expect(flux).toHaveLength(1);
    http.expectOne('/api/jobs/executions/8').flush(execution({ id: '8', job: 'repriseJob', statut: 'FAILED' }));
    expect(travaux.liste().map(({ id, statut }) => `${id} ${statut}`)).toEqual(['8 FAILED', '7 STARTED']);
  });

  it('hears of progress from the window that leads, and takes over from it', () => {
    const { travaux } = preparer({ chef: false });
    travaux.suivre(execution());
    TestBed.tick();
    expect(flux).toEqual([]);
    Canal.autres[0]?.(execution({ etapes: [etape('relances', 50, 100)] }));
    expect(avancement(travaux.liste()[0]!).pourCent).toBe(50);
    expect(canal.diffuses).toHaveLength(1);
    canal.mener?.();
    TestBed.tick();
    expect(flux).toHaveLength(1);
  });

  it('finds its jobs again after a reload, and keeps nothing but their numbers', () => {
    localStorage.setItem('travaux suivis', '7,<img>,9');
    const { travaux, http } = preparer();
    expect(http.match('/api/jobs/executions/7').length + flux.length).toBeGreaterThan(1);
    http.match('/api/jobs/executions/9')[0]?.flush(execution({ id: '9', statut: 'COMPLETED' }));
    expect(travaux.liste().map(({ id }) => id)).toEqual(['9']);
    travaux.oublier('9');
    expect(localStorage.getItem('travaux suivis')).toBe('7');
  });
});

describe('TiroirTravaux', () => {
  it('is there only when there is a job, and stops it', async () => {
    const { fixture } = await render(TiroirTravaux, { providers: PROVIDERS });
    const qui = userEvent.setup();
    expect(screen.queryByText('Travaux')).toBeNull();
    const [travaux, http] = [TestBed.inject(Travaux), TestBed.inject(HttpTestingController)];
    travaux.suivre(execution({ etapes: [etape('relances', 50, 100)] }));
    await fixture.whenStable();
    await qui.click(screen.getByText('Travaux'));
    expect(screen.getByRole('link', { name: 'Relances du 01/12/2026' }).getAttribute('href')).toBe('/relances/campagnes/7');
    expect(screen.getByText(/50 sur 100/)).toBeTruthy();
    await qui.click(screen.getByRole('button', { name: 'Arrêter' }));
    http
      .expectOne('/api/jobs/executions/7/arret')
      .flush({ title: 'Déjà arrêtée', detail: 'Elle est finie.', code: 'x' }, { status: 409, statusText: '' });
    expect((await screen.findByRole('alert')).textContent).toContain('Elle est finie.');
    await qui.click(screen.getByRole('button', { name: 'Arrêter' }));
    http.expectOne('/api/jobs/executions/7/arret').flush(execution({ statut: 'STOPPED' }));
    await qui.click(await screen.findByRole('button', { name: 'Retirer de la liste' }));
    await vi.waitFor(() => expect(screen.queryByText('Travaux')).toBeNull());
  });

  it('leads to the page of any run for a job that has none of its own', async () => {
    const { fixture } = await render(TiroirTravaux, { providers: PROVIDERS });
    TestBed.inject(Travaux).suivre(execution({ id: '12', job: 'repriseJob' }));
    await fixture.whenStable();
    await userEvent.click(screen.getByText('Travaux'));
    expect(screen.getByRole('link', { name: "Reprise d'un fichier" }).getAttribute('href')).toBe('/supervision/traitements/12');
    expect(lienDe({ id: '13', job: 'autreJob' })).toBe('/supervision/traitements/13');
  });
});
