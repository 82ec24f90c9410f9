import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { FactureVue } from '../../../api';
import { getFacturesIdRequest, postFacturesRequest, putFacturesIdRequest } from '../../../api/@angular/common.gen';
import { CleIdempotence, cleDeFormulaire, Ecrite, Ecritures, estPassager, Probleme, ProblemeError } from '../../../kernel/data';
import { memesTotaux, Totaux } from './calcul';
import { Contenu, contenuDe, corpsDe } from './contenu';

/** How the draft under the hands stands to the one that is stored. */
export type EtatDeSauvegarde =
  /** Nothing was typed yet, or everything is stored. */
  | 'calme'
  /** Changed; stored in a moment. */
  | 'modifie'
  | 'envoi'
  /** Nobody knows yet whether it was stored; asked again with the same key. */
  | 'inconnu'
  /** The service is out; tried again by itself. */
  | 'attente'
  /** Refused: has to be put right. */
  | 'refuse'
  /** Somebody else stored a change meanwhile. */
  | 'conflit'
  /** Issued meanwhile: nothing can be stored any more. */
  | 'emise'
  /** Deleted meanwhile. */
  | 'disparue';

/** What the page gives: the draft as typed (`undefined` while none can be stored), and how many changes were made. */
export interface Saisie {
  readonly contenu: () => Contenu | undefined;
  readonly revision: () => number;
  /** The totals shown for that content. */
  readonly totaux: () => Totaux;
}

const OISIVETE_MS = 2_000;
const PAUSES_MS = [2_000, 4_000, 8_000, 16_000, 30_000];
const CLE = 'facture-nouvelle';

/**
 * Stores a draft by itself two seconds after the last change, always on top of the version that was read (`If-Match`).
 * What cannot be stored stays in memory and is tried again; nothing typed is ever dropped. One write at a time.
 */
@Injectable()
export class Sauvegarde {
  private readonly ecritures = inject(Ecritures);
  private saisie: Saisie | undefined;
  private etag = '';
  private base: Contenu | undefined;
  private enVol: Promise<boolean> | undefined;
  /** The first body of a new draft, while nobody knows what became of it: it is repeated as it is, under its key. */
  private creation: { readonly contenu: Contenu; readonly revision: number } | undefined;
  private echecs = 0;
  private minuterie: ReturnType<typeof setTimeout> | undefined;
  private readonly stockee = signal(0);

  readonly etat = signal<EtatDeSauvegarde>('calme');
  /** The draft as last stored or read. */
  readonly serveur = signal<FactureVue | undefined>(undefined);
  readonly enregistreeLe = signal<Date | undefined>(undefined);
  readonly probleme = signal<Probleme | undefined>(undefined);
  /** Seconds to the next attempt while the service is out. */
  readonly attendreS = signal(0);
  /** The totals of the service where they are not those that were shown for the same content: an alarm. */
  readonly ecartDeTotaux = signal<{ readonly ici: Totaux; readonly serveur: Totaux } | undefined>(undefined);
  /** The draft of somebody else, once a write met it. */
  readonly leur = signal<{ readonly facture: FactureVue; readonly etag: string } | undefined>(undefined);
  /** Something typed is not stored. */
  readonly sale = computed(() => (this.saisie ? this.revisions() !== this.stockee() : false));
  private readonly revisions = signal(0);

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.minuterie));
  }

  /** Follow what is typed from now on. Needs an injection context. */
  suivre(saisie: Saisie): void {
    this.saisie = saisie;
    effect(() => {
      const revision = saisie.revision();
      untracked(() => this.entendre(revision));
    });
  }

  /** Start from a draft as read, or from nothing; what is shown now counts as stored. */
  partir(facture?: FactureVue, etag = ''): void {
    clearTimeout(this.minuterie);
    this.creation = undefined;
    this.accepter(facture, etag);
    this.poserRevision();
    this.etat.set('calme');
  }

  /** The version that is stored, for acts on the draft. */
  version(): string {
    return this.etag;
  }

  /** What was stored last, as the base of a merge. */
  fond(): Contenu | undefined {
    return this.base;
  }

  /** Store now; whether everything that can be stored is. */
  enregistrer(): Promise<boolean> {
    clearTimeout(this.minuterie);
    if (this.enVol) return this.enVol.then((fait) => (fait && this.sale() ? this.enregistrer() : fait));
    this.enVol = this.jusquA(this.saisie?.revision() ?? 0).finally(() => (this.enVol = undefined));
    return this.enVol;
  }

  /** Go on from the version of somebody else: what is typed now is to be stored on top of it. */
  reprendreDe({ facture, etag }: { readonly facture: FactureVue; readonly etag: string }): void {
    this.accepter(facture, etag);
    this.leur.set(undefined);
    this.etat.set('modifie');
  }

  /** Store what is typed as another draft (the first one was issued or deleted meanwhile). */
  commeNouveau(): Promise<boolean> {
    this.accepter(undefined, '');
    this.stockee.set(-1);
    this.leur.set(undefined);
    return this.enregistrer();
  }

  private entendre(revision: number): void {
    this.revisions.set(revision);
    if (!this.sale() || BLOQUES.has(this.etat())) return;
    if (!EN_CHEMIN.has(this.etat())) this.etat.set('modifie');
    this.planifier(OISIVETE_MS);
  }

  private planifier(ms: number): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => void this.enregistrer(), ms);
  }

  /** What is typed while it is on its way is not part of it: that waits for its own two seconds. */
  private async jusquA(revision: number): Promise<boolean> {
    while (this.stockee() < revision || this.creation) {
      if (!(await this.tenter())) return false;
    }
    return true;
  }

  private async tenter(): Promise<boolean> {
    const contenu = this.creation?.contenu ?? this.saisie?.contenu();
    if (!this.saisie || !contenu) return this.sansSuite();
    const revision = this.creation?.revision ?? this.saisie.revision();
    const totaux = this.creation ? undefined : this.saisie.totaux();
    if (JSON.stringify(contenu) === JSON.stringify(this.base)) return this.rienDeNeuf(revision);
    this.etat.set('envoi');
    try {
      const { corps, etag } = await this.envoyer(contenu, revision);
      this.reussir(corps, etag ?? '', revision, totaux);
      return true;
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      return this.echouer(erreur.probleme);
    }
  }

  /** What changed is not part of what is stored (an incomplete line), or was changed back. */
  private rienDeNeuf(revision: number): boolean {
    this.stockee.set(revision);
    this.etat.set('calme');
    return true;
  }

  /** Nothing can be stored yet (no client): it waits for the next change. */
  private sansSuite(): boolean {
    this.etat.set('modifie');
    return false;
  }

  private envoyer(contenu: Contenu, revision: number): Promise<Ecrite<FactureVue>> {
    const id = this.serveur()?.id;
    if (id)
      return this.ecritures.envoyer(putFacturesIdRequest({ path: { id }, body: corpsDe(contenu), headers: { 'If-Match': this.etag } }));
    this.creation = { contenu, revision };
    return this.ecritures.envoyer(postFacturesRequest({ body: corpsDe(contenu) }), {
      cle: this.cle(),
      surInconnu: () => this.etat.set('inconnu'),
    });
  }

  private cle(): CleIdempotence {
    return cleDeFormulaire(CLE);
  }

  private reussir(facture: FactureVue, etag: string, revision: number, totaux: Totaux | undefined): void {
    this.creation = undefined;
    this.accepter(facture, etag);
    this.stockee.set(revision);
    this.echecs = 0;
    this.enregistreeLe.set(new Date());
    this.etat.set(this.sale() ? 'modifie' : 'calme');
    const calcules = totauxDe(facture);
    this.ecartDeTotaux.set(totaux && !memesTotaux(totaux, calcules) ? { ici: totaux, serveur: calcules } : undefined);
  }

  private accepter(facture: FactureVue | undefined, etag: string): void {
    this.serveur.set(facture);
    this.base = facture && contenuDe(facture);
    this.etag = etag;
    this.probleme.set(undefined);
  }

  private async echouer(probleme: Probleme): Promise<boolean> {
    this.probleme.set(probleme);
    if (estPassager(probleme)) return this.attendre(probleme);
    const etaitCreation = this.creation !== undefined;
    this.creation = undefined;
    if (etaitCreation && probleme.code === 'idempotency-key-reutilisee') return this.tenter();
    if (probleme.statut === 412 || probleme.code === 'facture-emise') return this.rencontrer();
    this.etat.set(probleme.statut === 404 ? 'disparue' : 'refuse');
    return false;
  }

  private attendre(probleme: Probleme): boolean {
    const pause = Math.max(PAUSES_MS[Math.min(this.echecs++, PAUSES_MS.length - 1)] ?? 0, (probleme.attendreS ?? 0) * 1_000);
    this.attendreS.set(Math.round(pause / 1_000));
    this.etat.set('attente');
    this.planifier(pause);
    return false;
  }

  /** Somebody else was here: read what they stored; the page merges, or asks. */
  private async rencontrer(): Promise<boolean> {
    const id = this.serveur()?.id ?? '';
    try {
      const { corps, etag } = await this.ecritures.envoyer(getFacturesIdRequest({ path: { id } }));
      this.leur.set({ facture: corps, etag: etag ?? '' });
      this.etat.set(corps.statut_document === 'BROUILLON' ? 'conflit' : 'emise');
      return false;
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      return this.echouer(erreur.probleme);
    }
  }

  private poserRevision(): void {
    const revision = this.saisie?.revision() ?? 0;
    this.revisions.set(revision);
    this.stockee.set(revision);
  }
}

/** States that a further change does not end: somebody has to decide. */
const BLOQUES: ReadonlySet<EtatDeSauvegarde> = new Set<EtatDeSauvegarde>(['conflit', 'emise', 'disparue']);

const EN_CHEMIN: ReadonlySet<EtatDeSauvegarde> = new Set<EtatDeSauvegarde>(['envoi', 'inconnu', 'attente']);

/** The totals of a stored document in the form of those computed here. */
export function totauxDe(facture: FactureVue): Totaux {
  return {
    groupes: facture.ventilation_tva,
    total_ht_centimes: facture.total_ht_centimes ?? 0,
    total_tva_centimes: facture.total_tva_centimes ?? 0,
    total_ttc_centimes: facture.total_ttc_centimes,
  };
}
