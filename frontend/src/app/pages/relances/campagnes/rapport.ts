import { ChangeDetectionStrategy, Component, computed, effect, inject, input, Signal, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  EcarteeVue,
  ExecutionVue,
  GetJobsExecutionsIdEcarteesCompteursResponse,
  GetJobsExecutionsIdEcarteesResponse,
  GetRelancesCompteursResponse,
  GetRelancesData,
  GetRelancesResponse,
  RelanceVue,
} from '../../../api';
import {
  getJobsExecutionsIdEcarteesCompteursRequest,
  getJobsExecutionsIdEcarteesRequest,
  getJobsExecutionsIdRequest,
  getRelancesCompteursRequest,
  getRelancesRequest,
  postJobsExecutionsIdAbandonRequest,
  postJobsExecutionsIdRedemarrageRequest,
} from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ClientsConnus } from '../../../kernel/champs';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { cleDeFormulaire, Disponibilite, Ecritures, lire, lireListe, Probleme, problemeDe } from '../../../kernel/data';
import { AfficheProbleme, EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { formaterDate, formaterHeure, formaterInstant } from '../../../kernel/format/date';
import { Tableau } from '../../../kernel/table';
import { BarreDAvancement, STATUTS, tourne, Travaux } from '../../../kernel/travaux';
import { COLONNES_DU_RAPPORT } from '../colonnes';
import { direDeclenchement, direDuree, MOTIFS } from '../mots';
import { ONGLETS, RIEN_A_FAIRE } from '../onglets';
import { COLONNES_DES_ECARTEES } from '../simulation/colonnes';
import { jourDe, passageDe } from './passages';

/** While it runs, or its messages are on their way, it is read again after this pause. */
const PAUSE_MS = 3_000;

/** The report of a campaign: its progress, what came of every reminder and what remains to be done, who was left out and why. */
@Component({
  imports: [RouterLink, AfficheProbleme, BarreDAvancement, Squelette, Tableau, Vide, EtatLecture],
  providers: [Adresse],
  templateUrl: './rapport.html',
  styleUrl: './rapport.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RapportDeCampagne {
  readonly id = input.required<string>();

  protected readonly adresse = inject(Adresse);
  private readonly router = inject(Router);
  private readonly travaux = inject(Travaux);
  private readonly ecritures = inject(Ecritures);
  private readonly clients = inject(ClientsConnus);
  private readonly disponibilite = inject(Disponibilite);

  protected readonly lecture = lire<ExecutionVue>(() => getJobsExecutionsIdRequest({ path: { id: this.id() } }));
  /** The tray knows it sooner when it follows it; what ended is said by the service. */
  protected readonly execution = computed(() => {
    const lue = this.lecture.valeur();
    const suivie = this.travaux.execution(this.id());
    return lue && !tourne(lue) ? lue : (suivie ?? lue);
  });
  protected readonly enCours = computed(() => {
    const execution = this.execution();
    return execution !== undefined && tourne(execution);
  });
  protected readonly compteurs = lire<GetRelancesCompteursResponse>(() =>
    getRelancesCompteursRequest({ query: { execution_id: Number(this.id()) } }),
  );
  protected readonly onglet = computed(() => this.adresse.lire('onglet') || 'toutes');
  protected readonly liste = lireListe<RelanceVue, GetRelancesResponse>((curseur) =>
    getRelancesRequest({
      query: {
        execution_id: Number(this.id()),
        onglet: this.onglet(),
        tri: this.adresse.lire('tri') || 'nom',
        limit: 200,
        curseur,
      } as GetRelancesData['query'],
    }),
  );
  /** Why the others were not reminded, as the campaign kept it: asked for once it has ended. */
  private readonly motifsGardes = lire<GetJobsExecutionsIdEcarteesCompteursResponse>(() => {
    const execution = this.lecture.valeur();
    return execution && !tourne(execution) ? getJobsExecutionsIdEcarteesCompteursRequest({ path: { id: this.id() } }) : undefined;
  });
  protected readonly raisons = computed(() => this.motifsGardes.valeur() ?? []);
  /** It left clients out before the reasons were kept. */
  protected readonly oubliees = computed(
    () => this.motifsGardes.valeur()?.length === 0 && this.etape()?.statut === 'COMPLETED' && (this.etape()?.filtres ?? 0) > 0,
  );
  protected readonly motif = computed(() => this.adresse.lire('motif'));
  protected readonly ecartees = lireListe<EcarteeVue, GetJobsExecutionsIdEcarteesResponse>((curseur) => {
    const motif = this.motif() as EcarteeVue['motif'] | '';
    return motif ? getJobsExecutionsIdEcarteesRequest({ path: { id: this.id() }, query: { motif, limit: 200, curseur } }) : undefined;
  });
  protected readonly etape = computed(() => this.execution()?.etapes.find(({ nom }) => nom === 'relances'));
  protected readonly exclus = computed(() => this.execution()?.exclusions ?? []);
  protected readonly sansMotif = $localize`sans motif`;
  protected readonly enAttente = computed(() => this.nombreDe('demandees') ?? 0);
  protected readonly reprenable = computed(() => ['FAILED', 'STOPPED'].includes(this.execution()?.statut ?? ''));
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('batch'));
  protected readonly acte = signal(false);
  protected readonly inconnu = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);

  protected readonly colonnes = COLONNES_DU_RAPPORT;
  protected readonly colonnesDesEcartees = COLONNES_DES_ECARTEES.map((colonne) => ({ ...colonne, triable: false }));
  protected readonly factureDe = ({ facture_id }: EcarteeVue): string => facture_id;
  protected readonly onglets = ONGLETS;
  protected readonly rienAFaire = RIEN_A_FAIRE;
  protected readonly statuts = STATUTS;
  protected readonly motifs = MOTIFS;
  protected readonly date = formaterDate;
  protected readonly heure = formaterHeure;
  protected readonly instant = formaterInstant;
  protected readonly jourDe = jourDe;
  protected readonly passageDe = passageDe;
  protected readonly direDeclenchement = direDeclenchement;
  protected readonly direDuree = direDuree;
  protected readonly idDe = ({ id }: RelanceVue): string => id;
  private readonly tableau = viewChild<Tableau<RelanceVue>>(Tableau);

  private readonly nombres = computed(() => JSON.stringify(this.compteurs.valeur()?.onglets));
  private readonly statut = computed(() => this.execution()?.statut);

  constructor() {
    auChangement(this.nombres, () => this.liste.premiere.recharger());
    auChangement(this.statut, () => this.relire());
    inject(Raccourcis).ajouter([{ touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() }]);
    effect((avantLaSuivante) => {
      if (!this.compteurs.valeur() || (!this.enCours() && !this.enAttente())) return;
      const minuterie = setTimeout(() => this.relire(), PAUSE_MS);
      avantLaSuivante(() => clearTimeout(minuterie));
    });
  }

  protected nombreDe(nom: string): number | undefined {
    return this.compteurs.valeur()?.onglets.find((onglet) => onglet.nom === nom)?.total;
  }

  protected nomDe(client: string): string {
    return this.clients.nom(client) || client;
  }

  protected choisirOnglet(nom: string): void {
    this.adresse.ecrire({ onglet: nom === 'toutes' ? undefined : nom });
  }

  /** Show the invoices left out for a reason, or no longer. */
  protected choisirMotif(motif: string): void {
    this.adresse.ecrire({ motif: this.motif() === motif ? undefined : motif });
  }

  protected ouvrirFacture({ facture_id }: EcarteeVue): void {
    void this.router.navigate(['/factures', facture_id]);
  }

  protected ouvrir({ id }: RelanceVue): void {
    void this.router.navigate(['/relances', id]);
  }

  protected relire(): void {
    this.lecture.recharger();
    this.compteurs.recharger();
  }

  protected arreter(): Promise<void> {
    return this.faire(async () => {
      await this.travaux.arreter(this.id());
      this.relire();
    });
  }

  /** Take it up where it stopped: the same campaign, another attempt. */
  protected reprendre(): Promise<void> {
    return this.faire(async () => {
      const cle = cleDeFormulaire(`reprise campagne ${this.id()}`);
      const { corps } = await this.ecritures.envoyer<ExecutionVue>(postJobsExecutionsIdRedemarrageRequest({ path: { id: this.id() } }), {
        cle,
        surInconnu: () => this.inconnu.set(true),
      });
      this.travaux.suivre(corps);
      await this.router.navigate(['/relances/campagnes', corps.id]);
    });
  }

  /** Never take it up again: another one may be launched for its day. */
  protected abandonner(): Promise<void> {
    return this.faire(async () => {
      await this.ecritures.envoyer(postJobsExecutionsIdAbandonRequest({ path: { id: this.id() } }));
      this.relire();
    });
  }

  private async faire(acte: () => Promise<void>): Promise<void> {
    this.acte.set(true);
    this.probleme.set(undefined);
    try {
      await acte();
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur));
    } finally {
      this.acte.set(false);
      this.inconnu.set(false);
    }
  }
}

/** Do something whenever a value that is known becomes another one. Needs an injection context. */
function auChangement<T>(valeur: Signal<T | undefined>, faire: () => void): void {
  let avant: T | undefined;
  effect(() => {
    const maintenant = valeur();
    if (avant !== undefined && maintenant !== undefined && maintenant !== avant) untracked(faire);
    avant = maintenant ?? avant;
  });
}
