/** For tests of pages: the page at an address, and the services' answers given by hand. Never part of the application. */
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, RouterOutlet, Routes, withComponentInputBinding } from '@angular/router';
import { render } from '@testing-library/angular';
import { client } from '../../api/client.gen';
import { provideHeyApiClient } from '../../api/client/client.gen';

@Component({
  selector: 'app-essai',
  imports: [RouterOutlet],
  template: '<router-outlet />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Essai {}

/** What a test of a page holds in its hands. */
export interface PageEssayee {
  readonly http: HttpTestingController;
  readonly router: Router;
  /** The one request to `url` whose query has these parameters. */
  un(url: string, parametres?: Record<string, string>): TestRequest;
  /** The same once it was made: what sends it may take a while. */
  attendre(url: string, parametres?: Record<string, string>): Promise<TestRequest>;
  /** Answer it once it was made, and let the page follow. */
  repondre(url: string, corps: object, parametres?: Record<string, string>): Promise<void>;
  /** Let its service be out. */
  panne(url: string, service: string, parametres?: Record<string, string>): Promise<void>;
  /** Let signals, timers of no length and the page settle. */
  apres(): Promise<void>;
}

/** So long a request may take to be made: pauses between attempts and a busy machine included. */
const PATIENCE_MS = 4_000;

/** Opens `adresse`; `voisines` are addresses that other families serve and that the page may go to. */
export async function essayer(
  routes: Routes,
  adresse: string,
  { voisines = [] as string[], providers = [] as Provider[] } = {},
): Promise<PageEssayee> {
  const [famille = ''] = adresse.slice(1).split(/[/?]/);
  await render(Essai, {
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideHeyApiClient(client),
      provideRouter(
        [{ path: famille, children: routes }, ...voisines.map((path) => ({ path, children: [{ path: '**', children: [] }] }))],
        withComponentInputBinding(),
      ),
      ...providers,
    ],
  });
  const [http, router] = [TestBed.inject(HttpTestingController), TestBed.inject(Router)];
  const un = (url: string, parametres: Record<string, string> = {}): TestRequest =>
    http.expectOne(
      ({ url: chemin, urlWithParams }) => {
        const recus = new URL(urlWithParams, 'http://essai').searchParams;
        return chemin.split('?')[0] === url && Object.entries(parametres).every(([nom, valeur]) => recus.get(nom) === valeur);
      },
      `${url} ${JSON.stringify(parametres)}`,
    );
  const attendre = async (url: string, parametres?: Record<string, string>): Promise<TestRequest> => {
    for (const fin = Date.now() + PATIENCE_MS; Date.now() < fin;) {
      try {
        return un(url, parametres);
      } catch {
        await apres();
      }
    }
    return un(url, parametres);
  };
  const page: PageEssayee = {
    http,
    router,
    un,
    attendre,
    apres,
    repondre: async (url, corps, parametres) => {
      (await attendre(url, parametres)).flush(corps);
      await apres();
    },
    panne: async (url, service, parametres) => {
      const document = { title: 'Service indisponible', code: 'service-indisponible' };
      (await attendre(url, parametres)).flush(document, { status: 503, statusText: '', headers: { 'X-Degraded': service } });
      await apres();
    },
  };
  await router.navigateByUrl(adresse);
  await apres();
  return page;
}

async function apres(): Promise<void> {
  TestBed.tick();
  await new Promise((suite) => setTimeout(suite));
  TestBed.tick();
}
