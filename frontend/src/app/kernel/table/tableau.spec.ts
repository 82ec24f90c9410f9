import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { fireEvent, render, screen, waitFor } from '@testing-library/angular';
import { Touches } from '../clavier';
import { Colonne, colonnesVisibles, sensDe, triSuivant } from './colonne';
import { Selection } from './selection';
import { Tableau } from './tableau';

interface Ligne {
  id: string;
  nom: string;
  montant: number;
}

const COLONNES: readonly Colonne<Ligne>[] = [
  { cle: 'nom', titre: 'Nom', triable: true, priorite: 1, valeur: (l) => l.nom },
  { cle: 'montant', titre: 'Montant', nombre: true, priorite: 3, valeur: (l) => String(l.montant) },
  { cle: 'note', titre: 'Note', cachee: true, valeur: () => 'n' },
];
const LIGNES: readonly Ligne[] = Array.from({ length: 8 }, (_, i) => ({ id: `l${i}`, nom: `Client ${i}`, montant: i }));

async function monter(entrees: Record<string, unknown> = {}, sorties: Record<string, (valeur: never) => void> = {}) {
  return render(Tableau<Ligne>, {
    providers: [provideRouter([])],
    inputs: { colonnes: COLONNES, lignes: LIGNES, total: 100, idDe: (l: Ligne) => l.id, legende: 'Les lignes', ...entrees },
    on: sorties as never,
  });
}

const rang = (nom: RegExp) => screen.findByRole('row', { name: nom });

describe('colonnes', () => {
  it('shows those chosen, in their order, and passes over names nobody knows', () => {
    expect(colonnesVisibles(COLONNES, 'note,nom,inconnue', 1280).map((c) => c.cle)).toEqual(['note', 'nom']);
    expect(colonnesVisibles(COLONNES, '', 1280).map((c) => c.cle)).toEqual(['nom', 'montant']);
    expect(colonnesVisibles(COLONNES, 'inconnue', 1280)).toHaveLength(3);
  });

  it('drops the less important ones in a narrow window', () => {
    expect(colonnesVisibles(COLONNES, '', 400).map((c) => c.cle)).toEqual(['nom']);
  });

  it('turns the order: up, down, as the list wants', () => {
    expect([triSuivant('', 'nom'), triSuivant('nom', 'nom'), triSuivant('-nom', 'nom')]).toEqual(['nom', '-nom', '']);
    expect([sensDe('-nom', 'nom'), sensDe('nom,id', 'nom'), sensDe('', 'nom')]).toEqual(['descending', 'ascending', 'none']);
  });
});

describe('Selection', () => {
  it('toggles, extends from the last choice, and empties', () => {
    const selection = new Selection();
    const ids = ['a', 'b', 'c', 'd'];
    selection.basculer('b', 1);
    selection.etendre(ids, 3);
    expect(selection.liste().sort()).toEqual(['b', 'c', 'd']);
    selection.basculer('c', 2);
    selection.etendre(ids, 0);
    expect(selection.nombre()).toBe(4);
    selection.vider();
    expect(selection.nombre()).toBe(0);
  });
});

describe('Tableau', () => {
  it('is a table with a caption, the size of the whole set and sortable headings', async () => {
    const triChange = vi.fn();
    await monter({ tri: '-nom' }, { triChange });
    const table = screen.getByRole('table', { name: 'Les lignes' });
    expect(table.getAttribute('aria-rowcount')).toBe('101');
    const entete = screen.getByRole('columnheader', { name: /Nom/ });
    expect(entete.getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(screen.getByRole('button', { name: /Nom/ }));
    expect(triChange).toHaveBeenCalledWith('');
    expect((await rang(/Client 3/)).getAttribute('aria-rowindex')).toBe('5');
  });

  it('has rows of the size asked for, larger when the browser is asked for larger text', async () => {
    await monter();
    await rang(/Client 3/);
    const hauteur = () => screen.getByRole('row', { name: /Client 3/ }).style.height;
    expect(hauteur()).toBe('32px');
    document.documentElement.classList.add('confortable');
    fireEvent(window, new Event('resize'));
    await waitFor(() => {
      expect(hauteur()).toBe('40px');
    });
    document.documentElement.style.fontSize = '20px';
    fireEvent(window, new Event('resize'));
    await waitFor(() => {
      expect(hauteur()).toBe('50px');
    });
    document.documentElement.classList.remove('confortable');
    document.documentElement.style.fontSize = '';
  });

  it('moves by arrows, j and k, and opens with Enter', async () => {
    const ouvrir = vi.fn();
    await monter({}, { ouvrir });
    fireEvent.keyDown(await rang(/Client 0/), { key: 'j' });
    const deuxieme = await rang(/Client 1/);
    await waitFor(() => expect(document.activeElement).toBe(deuxieme));
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
    fireEvent.keyDown(document.activeElement!, { key: 'k' });
    fireEvent.keyDown(document.activeElement!, { key: 'Enter' });
    expect(ouvrir).toHaveBeenCalledWith(LIGNES[1]);
  });

  it('chooses with Space and x, extends with Shift, takes the page with Ctrl+A', async () => {
    const selection = new Selection();
    await monter({ selection });
    fireEvent.keyDown(await rang(/Client 0/), { key: ' ' });
    fireEvent.keyDown(await rang(/Client 0/), { key: 'ArrowDown', shiftKey: true });
    expect(selection.liste()).toEqual(['l0', 'l1']);
    fireEvent.keyDown(await rang(/Client 0/), { key: 'a', ctrlKey: true });
    expect(selection.nombre()).toBe(8);
  });

  it('moves and chooses by the keys that were chosen, and no more by the usual ones', async () => {
    const selection = new Selection();
    await monter({ selection });
    const touches = TestBed.inject(Touches);
    touches.changer('ligne-suivante', 'y');
    touches.changer('ligne-choisir', ';');
    for (const key of ['j', 'x', 'y', ';']) fireEvent.keyDown(await rang(key === ';' ? /Client 1/ : /Client 0/), { key });
    touches.retablirTout();
    expect(selection.liste()).toEqual(['l1']);
  });

  it('leaves AltGr and what is typed in fields alone', async () => {
    const selection = new Selection();
    await monter({ selection });
    fireEvent.keyDown(await rang(/Client 0/), { key: 'x', altKey: true });
    expect(selection.nombre()).toBe(0);
  });

  it('asks for the next page of the API when pages show rows that are not read yet', async () => {
    const suite = vi.fn();
    await monter({ pages: true }, { suite });
    await waitFor(() => expect(suite).toHaveBeenCalled());
    expect(screen.getByText('Page 1 sur 2')).toBeTruthy();
  });
});

describe('columns as their user wants them', () => {
  beforeEach(() => localStorage.clear());
  const entete = (): HTMLElement => screen.getByRole('columnheader', { name: /Nom/ });

  it('draws a column wider by its edge and gives it back its own width by a double click, without sorting', async () => {
    const tris: string[] = [];
    await monter({ liste: 'essais' }, { triChange: (tri: never) => tris.push(tri) });
    const poignee = entete().querySelector('app-poignee') as HTMLElement;
    poignee.setPointerCapture = poignee.releasePointerCapture = () => undefined;
    Object.defineProperty(entete(), 'offsetWidth', { value: 120 });
    fireEvent.pointerDown(poignee, { clientX: 300, pointerId: 1 });
    fireEvent.pointerMove(poignee, { clientX: 340, pointerId: 1 });
    fireEvent.pointerUp(poignee, { clientX: 340, pointerId: 1 });
    fireEvent.pointerMove(poignee, { clientX: 400, pointerId: 1 });
    await waitFor(() => expect(entete().style.width).toBe('160px'));
    fireEvent.dblClick(poignee);
    await waitFor(() => expect(entete().style.width).toBe(''));
    expect(tris).toEqual([]);
  });

  it('shows the columns that were left, and has no edges to draw without a name', async () => {
    localStorage.setItem('colonnes essais', JSON.stringify({ choix: 'note,nom', largeurs: { note: 90 } }));
    const { rerender } = await monter({ liste: 'essais' });
    expect(screen.getAllByRole('columnheader').map((th) => th.textContent.trim())).toEqual(['Note', 'Nom']);
    await rerender({ inputs: { colonnes: COLONNES, lignes: LIGNES, total: 100, idDe: (l: Ligne) => l.id, legende: 'x', liste: '' } });
    expect(entete().querySelector('app-poignee')).toBeNull();
  });
});
