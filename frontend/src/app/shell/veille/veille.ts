import { HttpClient } from '@angular/common/http';
import { computed, DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { Disponibilite } from '../../kernel/data';

interface Instance {
  readonly statut: string;
  readonly joignable: boolean;
  readonly appelee: boolean;
  readonly lien: string | null;
}

interface Annuaire {
  readonly registre: { readonly joignable: boolean } | null;
  readonly applications: readonly { readonly nom: string; readonly instances: readonly Instance[] }[];
}

/** How the estate is, in one word; `inconnu` while nobody may be asked. */
export interface Sante {
  readonly etat: 'bien' | 'attention' | 'mal' | 'inconnu';
  /** Applications without any instance that is up, or that were there and have left, and services that did not answer. */
  readonly absentes: readonly string[];
  readonly nombre: number;
}

const PAUSE_MS = 30_000;
const PAUSE_EN_PANNE_MS = 10_000;
const INCONNUE: Sante = { etat: 'inconnu', absentes: [], nombre: 0 };

/**
 * Looks after the estate while the window is seen: what the gateway says of its instances, and whether services that did
 * not answer do again, so that a banner leaves even where no page asks any more. Also tells when the front itself changed.
 */
@Injectable({ providedIn: 'root' })
export class Veille {
  private readonly http = inject(HttpClient);
  private readonly disponibilite = inject(Disponibilite);
  private readonly document = inject(DOCUMENT);
  private readonly annuaire = signal<Annuaire | undefined>(undefined);
  private readonly vues = signal<readonly string[]>([]);
  private readonly premiere = signal('');
  private readonly derniere = signal('');
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  readonly sante = computed(() => {
    const enPanne = this.disponibilite.pannes().map(({ service }) => service);
    return santeDe(this.annuaire(), this.vues(), enPanne);
  });
  /** The build that runs in this window. */
  readonly version = this.premiere.asReadonly();
  /** Another build is served now. */
  readonly depassee = computed(() => this.premiere() !== '' && this.derniere() !== this.premiere());

  constructor() {
    const regarder = (): void => this.regarder();
    this.document.addEventListener('visibilitychange', regarder);
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.minuterie);
      this.document.removeEventListener('visibilitychange', regarder);
    });
    this.regarder();
  }

  private regarder(): void {
    clearTimeout(this.minuterie);
    if (this.document.visibilityState === 'hidden') return;
    this.http.get<Annuaire>('/exploitation').subscribe({
      next: (annuaire) => this.apprendre(annuaire),
      error: () => this.annuaire.set(undefined),
    });
    this.http.get<{ build: string }>('/version.json').subscribe({
      next: ({ build }) => this.noter(build),
      error: () => undefined,
    });
    const pause = this.disponibilite.pannes().length ? PAUSE_EN_PANNE_MS : PAUSE_MS;
    this.minuterie = setTimeout(() => this.regarder(), pause);
  }

  private noter(build: string): void {
    if (!this.premiere()) this.premiere.set(build);
    this.derniere.set(build);
  }

  private apprendre(annuaire: Annuaire): void {
    this.annuaire.set(annuaire);
    this.vues.update((vues) => [...new Set([...vues, ...peuplees(annuaire).map(({ nom }) => nom)])]);
    for (const { service } of this.disponibilite.pannes()) {
      const lien = annuaire.applications.find(({ nom }) => nom === service)?.instances.find(({ appelee }) => appelee)?.lien;
      if (lien) this.http.get(`${lien}/health`).subscribe({ next: () => this.disponibilite.retablir(service), error: () => undefined });
    }
  }
}

/** Up, or a platform server that is not registered (the registry with itself) and was reached when last asked. */
function debout({ statut, joignable }: Instance): boolean {
  return statut === 'UP' || (statut === 'UNKNOWN' && joignable);
}

/** Those who have instances. */
function peuplees(annuaire: Annuaire): Annuaire['applications'] {
  return annuaire.applications.filter(({ instances }) => instances.length);
}

function santeDe(annuaire: Annuaire | undefined, vues: readonly string[], enPanne: readonly string[]): Sante {
  if (!annuaire) return enPanne.length ? { etat: 'mal', absentes: enPanne, nombre: enPanne.length } : INCONNUE;
  const connues = peuplees(annuaire);
  const enService = new Set(connues.filter(({ instances }) => instances.some(debout)).map(({ nom }) => nom));
  const registre = annuaire.registre?.joignable === false ? ['discovery'] : [];
  const absentes = [...new Set([...vues.filter((nom) => !enService.has(nom)), ...enPanne, ...registre])];
  const boiteuse = connues.some(({ instances }) => !instances.every(debout));
  return { etat: absentes.length ? 'mal' : boiteuse ? 'attention' : 'bien', absentes, nombre: connues.length };
}
