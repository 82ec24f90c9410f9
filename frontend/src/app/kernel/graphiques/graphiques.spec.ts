import { Component, Type } from '@angular/core';
import { provideRouter } from '@angular/router';
import { render, screen, within } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { Barres, BarresDebout, Courbe } from '.';
import { cadence, etendue, pointsDe } from './modele';

describe('modele', () => {
  it('walks category by category', () => {
    const points = pointsDe(
      ['A', 'B'],
      [
        { nom: 'x', valeurs: [1, 2] },
        { nom: 'y', valeurs: [3] },
      ],
    );
    expect(points.map(({ categorie, serie, valeur }) => [categorie, serie, valeur])).toEqual([
      ['A', 'x', 1],
      ['A', 'y', 3],
      ['B', 'x', 2],
      ['B', 'y', 0],
    ]);
  });

  it('draws from zero, and as high as the sums of what stands on each other', () => {
    const series = [
      { nom: 'x', valeurs: [10, -4] },
      { nom: 'y', valeurs: [5, -2] },
    ];
    expect(etendue(series, false)).toEqual([-4, 10]);
    expect(etendue(series, true)).toEqual([-6, 15]);
    expect(etendue([], false)).toEqual([0, 1]);
  });

  it('leaves labels out where they would touch', () => {
    expect([cadence(30, 40), cadence(90, 40), cadence(10, 0)]).toEqual([1, 3, 10]);
  });
});

const COMMUN = `titre="Par mois" categorie="Mois" [categories]="['octobre', 'novembre']" [format]="format"`;
const SERIES = `[series]="[{ nom: 'Facturé', valeurs: [10, 20], liens: liens }, { nom: 'Encaissé', valeurs: [8, 0] }]" [formatAxe]="format"`;

class Hote {
  readonly format = (valeur: number): string => `${valeur} €`;
  readonly liens = [{ chemin: '/factures', parametres: { emise_du: '2026-10-01' } }, { chemin: '/factures' }];
}

@Component({
  selector: 'app-hote-barres',
  imports: [Barres],
  template: `<app-barres ${COMMUN} [serie]="{ nom: 'Dû', valeurs: [10, 20], liens: liens }" />`,
})
class HoteBarres extends Hote {}

@Component({ selector: 'app-hote-debout', imports: [BarresDebout], template: `<app-barres-debout ${COMMUN} ${SERIES} />` })
class HoteColonnes extends Hote {}

@Component({
  selector: 'app-hote-empilees',
  imports: [BarresDebout],
  template: `<app-barres-debout ${COMMUN} ${SERIES} [empilees]="true" />`,
})
class HoteEmpilees extends Hote {}

@Component({ selector: 'app-hote-courbe', imports: [Courbe], template: `<app-courbe ${COMMUN} ${SERIES} />` })
class HoteCourbe extends Hote {}

const montrer = (hote: Type<unknown>) => render(hote, { providers: [provideRouter([])] });

describe('charts', () => {
  it.each([
    ['bars', HoteBarres, ['octobre\u00a0: 10 €', 'novembre\u00a0: 20 €']],
    [
      'standing bars',
      HoteColonnes,
      ['octobre, Facturé\u00a0: 10 €', 'octobre, Encaissé\u00a0: 8 €', 'novembre, Facturé\u00a0: 20 €', 'novembre, Encaissé\u00a0: 0 €'],
    ],
    [
      'lines',
      HoteCourbe,
      ['octobre, Facturé\u00a0: 10 €', 'octobre, Encaissé\u00a0: 8 €', 'novembre, Facturé\u00a0: 20 €', 'novembre, Encaissé\u00a0: 0 €'],
    ],
  ])('%s name every value, one stop for Tab, arrows between them', async (_, hote, noms) => {
    await montrer(hote);
    const dessin = screen.getByRole('group', { name: 'Par mois' });
    const points = [...dessin.querySelectorAll('[data-point]')];
    expect(points.map((point) => point.getAttribute('aria-label'))).toEqual(noms);
    await userEvent.tab();
    expect(document.activeElement).toBe(points[0]);
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(points[1]);
    await userEvent.keyboard('{End}{ArrowRight}');
    expect(document.activeElement).toBe(points.at(-1));
    expect(points.map((point) => point.getAttribute('tabindex')).filter((index) => index === '0')).toHaveLength(1);
    await userEvent.keyboard('{Home}');
    expect(document.activeElement).toBe(points[0]);
  });

  it('lead to the list that explains a value, from the drawing and from its table', async () => {
    await montrer(HoteColonnes);
    const dessin = screen.getByRole('group', { name: 'Par mois' });
    expect(within(dessin).getByRole('link', { name: 'octobre, Facturé\u00a0: 10 €' }).getAttribute('href')).toBe(
      '/factures?emise_du=2026-10-01',
    );
    await userEvent.click(screen.getByText('Les chiffres en tableau'));
    const tableau = screen.getByRole('table', { name: 'Par mois' });
    const rangs = within(tableau).getAllByRole<HTMLTableRowElement>('row');
    expect(rangs.map((rang) => [...rang.cells].map((cellule) => cellule.textContent?.trim()))).toEqual([
      ['Mois', 'Facturé', 'Encaissé'],
      ['octobre', '10 €', '8 €'],
      ['novembre', '20 €', '0 €'],
    ]);
    expect(within(tableau).getByRole('link', { name: '10 €' }).getAttribute('href')).toBe('/factures?emise_du=2026-10-01');
  });

  it('stack the bars of a category without a gap', async () => {
    await montrer(HoteEmpilees);
    const [bas, haut] = [...screen.getByRole('group', { name: 'Par mois' }).querySelectorAll('.forme')];
    const nombre = (forme: Element | undefined, nom: string): number => Number(forme?.getAttribute(nom));
    expect(nombre(haut, 'x')).toBe(nombre(bas, 'x'));
    expect(nombre(haut, 'y') + nombre(haut, 'height')).toBeCloseTo(nombre(bas, 'y'));
    expect(nombre(bas, 'height') / nombre(haut, 'height')).toBeCloseTo(10 / 8);
  });
});
