import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { scaleLinear } from 'd3-scale';
import { heureExacte } from '../commun/durees';
import { enPourCent, LigneDisjoncteur, nombreDe, Releve } from './disjoncteurs-json';

/** How far back it looks. */
export const FENETRE_MS = 600_000;
const [LARGEUR, HAUTEUR] = [120, 26];

/** What is known of the rates of each breaker after another look; what is older than ten minutes is forgotten. */
export function retenir(
  avant: ReadonlyMap<string, readonly Releve[]>,
  lignes: readonly LigneDisjoncteur[],
): ReadonlyMap<string, readonly Releve[]> {
  return new Map(lignes.map((ligne) => [ligne.cle, suivants(avant.get(ligne.cle) ?? [], ligne)]));
}

function suivants(connus: readonly Releve[], { lueLe, brut }: LigneDisjoncteur): readonly Releve[] {
  if (!lueLe || connus.at(-1)?.le === lueLe.getTime()) return connus;
  const le = lueLe.getTime();
  const nouveau = { le, echec: nombreDe(brut.failureRate), lenteur: nombreDe(brut.slowCallRate) };
  return [...connus.filter((releve) => le - releve.le <= FENETRE_MS), nouveau];
}

/** The worst of each minute, latest first. */
export function parMinute(releves: readonly Releve[]): Releve[] {
  const minutes = new Map<number, Releve>();
  for (const { le, echec, lenteur } of releves) {
    const minute = Math.floor(le / 60_000);
    const avant = minutes.get(minute);
    minutes.set(minute, { le: minute * 60_000, echec: pire(avant?.echec, echec), lenteur: pire(avant?.lenteur, lenteur) });
  }
  return [...minutes.values()].reverse();
}

/** The rates of one breaker over ten minutes: drawn small, told in words, and as a table on demand. */
@Component({
  selector: 'app-tendance',
  template: `
    <svg [attr.viewBox]="cadre" role="img" [attr.aria-label]="enMots()">
      <line class="seuil" x1="0" [attr.x2]="largeur" [attr.y1]="seuil()" [attr.y2]="seuil()" />
      @for (trace of dessin(); track trace.nom) {
        @for (points of trace.morceaux; track $index) {
          <polyline [attr.class]="trace.nom" [attr.points]="points" />
        }
      }
    </svg>
    <details (toggle)="ouverte.set(!ouverte())">
      <summary>
        <ng-container i18n>Relevés</ng-container>&ngsp;<span class="lu">{{ nom() }}</span>
      </summary>
      @if (ouverte()) {
        <table class="dense">
          <caption class="lu" i18n>
            Au plus haut de chaque minute
          </caption>
          <thead>
            <tr>
              <th scope="col" i18n>Minute</th>
              <th scope="col" class="nombre" i18n="taux|The share of calls that failed">Échec</th>
              <th scope="col" class="nombre" i18n>Lenteur</th>
            </tr>
          </thead>
          <tbody>
            @for (releve of minutes(); track releve.le) {
              <tr>
                <th scope="row">{{ heure(releve.le) }}</th>
                <td class="nombre">{{ pourCent(releve.echec) || '–' }}</td>
                <td class="nombre">{{ pourCent(releve.lenteur) || '–' }}</td>
              </tr>
            }
          </tbody>
        </table>
      }
    </details>
  `,
  styles: `
    svg {
      display: block;
      width: 120px;
      height: 26px;
      border-bottom: 1px solid var(--trait);
    }
    polyline {
      fill: none;
      stroke: var(--mal);
      stroke-width: 1.5;
      stroke-linecap: round;
    }
    .lenteur {
      stroke: var(--accent);
      stroke-dasharray: 3 2;
    }
    .seuil {
      stroke: var(--texte-2);
      stroke-dasharray: 1 3;
    }
    summary {
      min-height: 24px;
      cursor: pointer;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Tendance {
  readonly nom = input.required<string>();
  readonly releves = input.required<readonly Releve[]>();
  /** The failure rate that opens it, in percent. */
  readonly seuilEchec = input.required<number | undefined>();
  protected readonly ouverte = signal(false);
  protected readonly largeur = LARGEUR;
  protected readonly cadre = `0 0 ${LARGEUR} ${HAUTEUR}`;
  protected readonly heure = heureExacte;
  protected readonly pourCent = enPourCent;
  protected readonly minutes = computed(() => parMinute(this.releves()));
  private readonly y = scaleLinear([0, 100], [HAUTEUR - 1, 1]);
  protected readonly seuil = computed(() => this.y(this.seuilEchec() ?? 100));

  protected readonly dessin = computed(() => {
    const fin = this.releves().at(-1)?.le ?? 0;
    const x = scaleLinear([fin - FENETRE_MS, fin], [1, LARGEUR - 1]);
    return (['echec', 'lenteur'] as const).map((nom) => {
      const morceaux = suites(this.releves(), nom).map((suite) => suite.map(([le, taux]) => `${x(le)},${this.y(taux)}`).join(' '));
      return { nom, morceaux };
    });
  });

  protected readonly enMots = computed(() => {
    const releves = this.releves();
    const [premier, dernier] = [releves[0], releves.at(-1)];
    const plusHaut = releves.reduce<number | undefined>((haut, { echec }) => pire(haut, echec), undefined);
    if (!premier || !dernier || plusHaut === undefined) return $localize`Dix dernières minutes : trop peu d'appels`;
    const maintenant = enPourCent(dernier.echec) || '–';
    return $localize`Taux d'échec depuis ${heureExacte(premier.le)} : au plus ${enPourCent(plusHaut)}, maintenant ${maintenant}`;
  });
}

/** The runs of samples that have a rate; a single one is drawn as a dot (a line to itself). */
function suites(releves: readonly Releve[], nom: 'echec' | 'lenteur'): [number, number][][] {
  const trouvees: [number, number][][] = [[]];
  for (const releve of releves) {
    const taux = releve[nom];
    if (taux === undefined) trouvees.push([]);
    else trouvees.at(-1)?.push([releve.le, taux]);
  }
  return trouvees.filter(({ length }) => length).map((suite) => (suite.length > 1 ? suite : [...suite, ...suite]));
}

function pire(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
